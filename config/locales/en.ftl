# Every sentence a visitor can read, in English.
# Plain words, about sixth grade; person-first; no blame, no codes. A sentence that can fail ends in what to do next.

## Home

greeting = Welcome. What are you looking for today?
privacy = This kiosk does not know who you are and forgets what you type.
search-label = Search:
search-empty = Type what you need, or press the Down arrow.
door-meetings = Find a meeting
door-living = A place to live
door-talk = Someone to talk to
door-treatment = Treatment and medication
door-family = For family and friends
door-learn = Learn and read
door-meetings-more = mutual-aid groups, in person, online and by phone
door-living-more = recovery homes, shelter, help to find housing
door-talk-more = peers, recovery organizations, coaches, helplines
door-treatment-more = clinics, medication, naloxone
door-family-more = groups and help for the people who care
door-learn-more = a guide to recovery, booklets, what words mean
door-count = { $count ->
    [one] 1 listing
   *[other] { $count } listings
}
door-count-learn = { $count ->
    [one] 1 thing to read
   *[other] { $count } things to read
}
directory-opening = Opening the directory. You can type already.
directory-missing = The directory is not there now. Please ask the people who work here.
notices = From the center
menu-item = Menu: all the things you can do here
narrow-item = Narrow the list

## Results

results-count = { $count ->
    [0] Nothing found
    [one] 1 found
   *[other] { $count } found
}
results-searching = Searching.
nothing-words = Nothing here has these words. Try fewer words, or another word.
nothing-words-door = Nothing behind this door has these words. Press Esc and type them on the first screen to look everywhere.
nothing-one = No listing here says that. Try another word.
nothing-all = Nothing here fits all of that. Try it with less.
nothing-day = Nothing fits on this day. Press Left or Right for another day.
nothing-door = Nothing fits here. Press Esc to go back and try another door.
nothing-chips = You asked for: { $chips }. To take one away, choose: { $narrow }.
nothing-help = The people who work here can help you look. You can also call 1-800-662-4357, free, day and night.
nothing-help-short = Ask the people who work here, or call 1-800-662-4357, free.
nothing-help-least = Ask the staff, or call 1-800-662-4357.
results-relaxed = { $count } with most of these words, none with all
results-spelled = { $count } with a close spelling
results-meant = Nothing for "{ $typed }". Showing: { $meant }. { $count }
results-nowhere = No place named { $place } is listed here. { $count }
results-lost = This kiosk does not know where it is. Type a town. { $count }
relaxed-some = { $count }. Then others, without { $without }:
relaxed-all = Nothing with all of that. Without { $without }:
relaxed-who = Nothing for: { $wish }. Without that:
relaxed-in = Nothing in { $place }. Elsewhere:
relaxed-within = Nothing within { $miles ->
    [one] 1 mile
   *[other] { $miles } miles
}. Farther away:
relaxed-within-of = Nothing within { $miles ->
    [one] 1 mile
   *[other] { $miles } miles
} of { $place }. Farther away:
relaxed-next = { $none } The next ones:
relaxed-always = { $none } Without that:
relaxed-tomorrow = { $none } Tomorrow:
none-today = Nothing more today.
none-tonight = Nothing tonight.
none-tomorrow = Nothing tomorrow.
none-weekend = Nothing this weekend.
none-weekday = Nothing on { $weekday }.
none-now = Nothing right now.
none-then = Nothing at that time.
beside-none-says = None says { $wishes }.
beside-none = Nothing fits all of that.
beside-none-more = { $none } { $more }.
beside-both = { $first }, { $last }
beside-may-fit = { $count ->
    [one] 1 may fit
   *[other] { $count } may fit
}
beside-about = { $count } to read
beside-online = { $count } online
section-about = To read about it:
section-unsaid = These do not say: { $wishes }. They may fit. Ask before you go.
section-unsaid-some = These do not say all of this: { $wishes }. They may fit. Ask before you go.
section-unsaid-all = These do not say all of that. They may fit. Ask before you go.
section-online = Also online, from anywhere:

## What was wished for, and what can be chosen

chip = [{ $wish }]
chips-more = +{ $count } more
wish-now = Now or soon
wish-weekend = This weekend
wish-near-here = Near here
wish-in = In { $place }
wish-near = Near { $place }
wish-within = Within { $miles ->
    [one] 1 mile
   *[other] { $miles } miles
}
wish-within-of = Within { $miles ->
    [one] 1 mile
   *[other] { $miles } miles
} of { $place }
wish-about = About { $clock }
wish-after = After { $clock }
wish-before = Before { $clock }
wish-fee = Up to ${ $dollars } a week
facet-kind = What it is
facet-door = What it is for
facet-day = Day
facet-part = Part of the day
facet-how = How to take part
facet-distance = How far away
facet-who = For whom
facet-language = Language
facet-access = Getting in and taking part
facet-pathway = Pathway
facet-fellowship = Fellowship or group
facet-open = Who may come
facet-style = What happens there
facet-housing = What the house offers
kind-meeting = Meetings
kind-housing = Recovery homes
kind-organization = Organizations
kind-service = Services and helplines
kind-publication = Booklets and books
kind-topic = Guide and words explained
how-in-person = In person
how-online = Online
how-phone = By phone
choice-today = Today ({ $weekday })
choice-tomorrow = Tomorrow ({ $weekday })
choice-open = Open to anyone
choice-closed = For people with the problem the group is about
choice-families-only = For families and friends
part-morning = Morning
part-noon = Noon
part-afternoon = Afternoon
part-evening = Evening
part-night = Night
part-full-morning = Morning, 5 AM to noon
part-full-afternoon = Afternoon, noon to 5 PM
part-full-evening = Evening, 5 PM to 9 PM
part-full-night = Night, 9 PM to 5 AM
fellowship-full = { $name } ({ $short })
housing-moud = Medication: yes, or ask
housing-children = Children welcome
housing-beds = Free beds
housing-level-1 = Level 1
housing-level-2 = Level 2
housing-level-3 = Level 3
housing-level-4 = Level 4
housing-full-moud = Welcomes buprenorphine or methadone, or decides case by case
housing-full-level-1 = Level 1: run by the people who live there
housing-full-level-2 = Level 2: a house manager lives there
housing-full-level-3 = Level 3: paid staff and a program
housing-full-level-4 = Level 4: treatment is part of the house
gentle-enter = Type a word first, or press Down to choose.

## What stands between facts in one line

facts-between = {" · "}
terms-between = {", "}
list-two = { $first } and { $last }
list-more = { $first }, { $rest }
yes = Yes
no = No
distance-miles = { $miles ->
    [one] 1 mile away
   *[other] { $miles } miles away
}
distance-from = { $miles ->
    [one] 1 mile from { $place }
   *[other] { $miles } miles from { $place }
}

## Times

clock-time = { $hour }:{ $minute } { $half ->
    [am] AM
   *[pm] PM
}
clock-noon = 12 noon
clock-midnight = 12 midnight
clock-span = { $from } to { $until }
clock-in-zone = { $clock } { $zone }
day-today = Today
day-tonight = Tonight
day-tomorrow = Tomorrow
day-far = { $weekday }, { $date },
date-this-year = { $month } { $day }
date-with-year = { $month } { $day }, { $year }
in-now = now
in-minutes = { $minutes ->
    [one] in 1 minute
   *[other] in { $minutes } minutes
}
in-hours = { $hours ->
    [one] in 1 hour
   *[other] in { $hours } hours
}
in-hours-minutes = { $hours ->
    [one] in 1 hour { $minutes } min
   *[other] in { $hours } hours { $minutes } min
}
next = { $day } { $clock }
next-soon = { $day } { $clock }, { $wait }
now-until = Open now, until { $clock }
now-open = Open now
now-started = Started at { $start }
now-started-until = Started at { $start }, until { $end }
times-always = Open day and night, every day
times-appointment = By appointment
times-weekly = { $days }, { $clock }
times-open = Open: { $days }, { $clock }
times-unknown = The listing gives no time. Call or ask before you go.
days-all = Every day
days-range = { $first } to { $last }
days-every = Every { $days }
days-of-month = { $nths } { $days } of the month
nth-1 = 1st
nth-2 = 2nd
nth-3 = 3rd
nth-4 = 4th
nth-5 = 5th
nth-last = last
ago-just-now = just now
ago-hours = { $hours ->
    [one] 1 hour ago
   *[other] { $hours } hours ago
}
ago-days = { $days ->
    [one] 1 day ago
   *[other] { $days } days ago
}
sunday = Sunday
monday = Monday
tuesday = Tuesday
wednesday = Wednesday
thursday = Thursday
friday = Friday
saturday = Saturday
january = January
february = February
march = March
april = April
may = May
june = June
july = July
august = August
september = September
october = October
november = November
december = December

## One record

sample-mark = SAMPLE
sample-warning = SAMPLE. This listing is invented, to show how the kiosk works. Nobody is there. Ask the people who work here for real ones.
suspended-warning = This meeting is not meeting at this time. Ask the people who work here, or look for another one.
meeting-of = { $fellowship } meeting
meeting-of-with = { $fellowship } meeting: { $style }
meeting-with = Meeting: { $style }
label-what = What
label-when = When
label-where = Where
label-serves = Serves
label-phone = Call
label-text = Text
label-tty = TTY or relay
label-join = Join online
label-dial = Join by phone
label-website = Website
label-chat = Chat
label-email = E-mail
label-who = Who may come
label-group = Group
label-languages = Languages
label-access = Good to know
label-pathway = Pathway
label-beds = Free beds
label-capacity = Size
label-fee = Cost
label-moud = Medication
label-children = Children
label-level = Support
label-sobriety = Before you move in
label-admission = How to apply
label-rules = House rules
label-operator = Run by
label-certification = Certified
label-offers = Offers
label-member = Member of
label-parent = Part of
label-for = For
label-how = How to start
label-cost = Cost
label-run-by = Run by
label-format = Format
label-number = Number
label-year = Year
label-pages = Pages
label-publisher = From
label-written-for = Written for
label-about = About
label-copies = On our shelf
label-shelf = Where it is
label-source = Source
label-listed-by = Listed by
label-staff = Changed by
staff-corrected = The staff here, who corrected a part of this listing
staff-listed = The staff here
staff-today = today { $clock }
staff-yesterday = yesterday { $clock }
staff-say = The staff here: { $note }
staff-closed = Closed for now (the staff here say so)
staff-closed-until = Closed until { $date } (the staff here say so)
staff-closed-from = Will be closed from { $from } on (the staff here say so)
staff-closed-from-until = Will be closed from { $from } to { $until } (the staff here say so)
label-checked = Last checked
checked-unknown = Not known
stale-mark = NOT CONFIRMED LATELY
stale-warning = The list that this comes from was last read on { $date }. It may have changed. Call before you go.
checked-unknown-call = Not known. Call before you go.
where-unknown = The listing does not say where. Call or ask before you go.
phone-unknown = No number is listed.
languages-unknown = The listing does not say.
access-unknown = The listing does not say if there are steps. You can ask.
contact-note = { $value } ({ $note })
heading-see-also = See also
see-door = Open: { $name }
see-record = Read: { $name }
see-search = Search for: { $words }
where-online = Online. You can take part from anywhere.
where-phone = By phone. You can take part from anywhere.
where-hybrid = You can come in person or take part online.
where-ask = Ask how to join before you go.
where-withheld = The address is private. Ask when you call.
where-approximate = The listing gives the area only, not the street.
open-open = Open to anyone.
open-closed = For people who have, or may have, the problem this group is about.
open-families = For families and friends.
open-unknown = The listing does not say. You can ask.
attendance-online = Online
attendance-phone = By phone
attendance-hybrid = In person and online
attendance-suspended = Not meeting at this time
beds-unknown = Free beds not known, call and ask
beds-free = { $count ->
    [0] No free beds
    [one] 1 free bed
   *[other] { $count } free beds
}
beds-counted = { $beds } (counted { $ago })
beds-by-staff = { $beds } (staff, { $when })
beds-undated = { $beds } (nobody wrote down when this was counted)
capacity = { $count ->
    [one] 1 bed
   *[other] { $count } beds
}
fee-unknown = Not known. Ask when you call.
moud-yes = Medication such as buprenorphine or methadone is welcome.
moud-case-by-case = Medication such as buprenorphine or methadone: they decide with each person.
moud-no = The house does not take people on buprenorphine or methadone.
moud-unknown = Not known if medication is welcome. Ask when you call.
level-1 = Level I: run by the people who live there. Levels tell how much support there is. They are not grades.
level-2 = Level II: a house manager lives there. Levels tell how much support there is. They are not grades.
level-3 = Level III: paid staff and a program. Levels tell how much support there is. They are not grades.
level-4 = Level IV: treatment is part of the house. Levels tell how much support there is. They are not grades.
sobriety-days = { $count ->
    [0] No days of sobriety asked for
    [one] 1 day of sobriety
   *[other] { $count } days of sobriety
}
copies = { $count ->
    [0] No copies left. Ask the people who work here.
    [one] 1 copy. You may take it.
   *[other] { $count } copies. You may take one.
}
pathway-all = all pathways
pathway-culture = rooted in culture
pathway-faith = faith-based
pathway-family = for family and friends
pathway-medication = with medication
pathway-mindfulness = mindfulness
pathway-secular = secular
pathway-twelve-step = 12-step
sort-meeting = Meeting
sort-housing = Recovery home
sort-rco = Recovery community organization
sort-fellowship = Fellowship
sort-organization = Organization
sort-coaching = Recovery coaching
sort-telephone-support = Support by phone
sort-crisis-line = Crisis line
sort-helpline = Helpline
sort-recovery-centre = Recovery community center
sort-recovery-school = Recovery school
sort-medication = Medication
sort-treatment = Treatment
sort-family-support = Help for families
sort-legal = Legal help
sort-basic-needs = Food, shelter and basics
sort-housing-help = Help to find housing
sort-harm-reduction = Naloxone and staying safer
sort-work = Work and training
sort-other = Service
sort-word = What a word means
sort-topic = Guide

## Narrowing a list

narrow-title = Narrow the list: { $count }
narrow-intro = Press Enter to choose. Press Esc to see the list.
narrow-take-away = Take away: { $wish }
narrow-value = { $mark } { $value }: { $count }
narrow-more = Show { $count } more

## Menu, help, leaving

menu-title = Menu
menu-back = Go back
menu-hint = Use the arrows, then press Enter.
help-title = How this works
help-intro = You only need four keys: Up, Down, Enter and Esc. You can type at any time to search.
help-typing = Typing letters or numbers searches at once. You do not have to spell it right.
help-keys = All keys
help-key-between = {" or "}
key-up = Go up
key-down = Go down
key-open = Open what is marked
key-back = Go back one step. Press it three times fast to start over
key-narrow = Narrow a list of results: by day, by place, for whom. On other screens: the menu
key-menu = The menu: all the things you can do here
key-crisis = Help right now: crisis lines, and what to do in an overdose
key-start-over = Start over: forget what was typed
key-help = How this works
key-earlier = Meetings of the day before
key-later = Meetings of the next day
key-erase = Take away the last letter
key-erase-all = Take away all words
key-page-up = One screen up
key-page-down = One screen down
key-first = Go to the top
key-last = Go to the end
key-staff = For the people who work here
hint-move = move
hint-open = open
hint-choose = choose
hint-back = back
hint-menu = menu
hint-narrow = narrow
hint-start-over = start over
hint-help = help
hint-day = day
hint-erase = erase
hint-enter = enter
hint-stop = stop
hint-close = close the door
hint-next = next
hint-save = save

## For the people who work here

staff-title = For the people who work here
staff-question = Stop the kiosk and leave the program?
staff-stay = No, stay here
staff-leave = Yes, leave the program
staff-no-pin = No PIN is set: anyone can leave the program. To set one: porchlight hash-pin. It prints lines for the settings.
staff-stuck = The PIN in the settings cannot be read, so this door stays shut.
staff-stuck-more = On the command line, run: porchlight check. To make a new PIN, run: porchlight hash-pin.
pin-intro = Type the PIN, then press Enter. Press Esc to go back.
pin-label = PIN:
pin-trying = One moment.
pin-wrong = That is not the PIN. { $seconds ->
    [0] Please try again.
    [one] You can try again in 1 second.
   *[other] You can try again in { $seconds } seconds.
}
pin-wait = { $seconds ->
    [one] Please wait 1 second. Then try again.
   *[other] Please wait { $seconds } seconds. Then try again.
}
pin-gone = Nobody answers behind this door. Start the kiosk again, or use the command line.
pin-short = A PIN has at least 4 digits.
pin-full = A PIN has at most 12 digits. Press Delete to begin again.
pin-digits = Type the PIN in digits, or press Esc to go back.
staff-intro = Use the arrows, then press Enter. Press Esc to close the door.
staff-look = How the directory stands
staff-disk = Disk
staff-disk-room = { $free } free of { $all }
staff-moment-ahead = { $date }, { $clock }
feed-due = Next: { $moment }
feed-due-now = Next: now
staff-change = Staff: change this listing
staff-before = This is the listing as it was when this door was opened. To see what you have changed since, close the door and come in again.
staff-change-intro = What do you want to change?
change-note = Say something about it
change-close = Close it for some days
change-correct = Correct what it says
change-hide = Hide it from visitors
change-not-written = Nothing was changed.
change-go-back = Press Esc to go back.
change-title = Your change
change-unknown = It is not known if your change was written down. Look at what was changed by hand before you type it again.
change-in-vain = It is written down, but it changes nothing now:
change-written = It is written down.
change-builds = A new edition with it is being made. You need not wait for it.
change-later = Visitors do not see it yet. They see it after the next refresh.
change-busy = A refresh is running. When it is done, run another one.
changes-none = Nothing was changed by hand.
changes-intro = Press Enter to take a change back.
changes-more = { $count ->
    [one] And 1 more. To see all, run: porchlight overrides
   *[other] And { $count } more. To see all, run: porchlight overrides
}
changes-faults = The file of what was changed by hand has faults. Nothing can be changed until they are mended.
changed-hide = Hidden: { $of }
changed-close = Closed: { $of }
changed-close-why = Closed: { $of } ({ $said })
changed-note = Note on { $of }: { $said }
changed-correct = Corrected: { $of }, { $field }: { $said }
changed-beds = { $count ->
    [one] 1 free bed at { $of }
   *[other] { $count } free beds at { $of }
}
changed-add = Added: { $of }
changed-notice = Notice: { $said }
changed-from = from { $date }
changed-until = until { $date }
changed-over = is over
changed-ahead = has not begun
changed-gone = a listing that is gone ({ $id })
take-back-question = Take this change back?
take-back-no = No, leave it as it is
take-back-yes = Yes, take it back
complaints-none = Nothing was found wrong the last time the feeds were read.
complaints-intro = This was found when each feed was read last. Tell the people who keep the list.
complaints-taken-back = This is of edition { $edition }, which was taken back. The next refresh writes what is wrong then.
complaints-desk = What was changed by hand
complaints-more = { $count ->
    [one] And 1 more. To see more, run: porchlight complaints
   *[other] And { $count } more. To see more, run: porchlight complaints
}
form-save = Save
form-what = What
form-this-alone = This listing alone
form-all-at = Everything at { $building }, { $city }
form-no-building = Its building is not known, so it is this listing alone.
form-choose = Press Left or Right to choose.
form-text = What to say
form-note-hint = Visitors read it on this listing. Example: moved to room 4
form-notice-hint = Visitors read it on the first screen.
form-why = Why
form-why-hint = A few words that visitors read. May stay empty.
form-from = First day
form-from-hint = Like 12/1, or Friday. Empty: from now on.
form-until = Last day
form-until-hint = Like 12/1, or Friday. Empty: until you take it back.
form-day = { $weekday }, { $date }
form-day-wrong = That is no day. Type it like 12/1 or 12/1/2027, or a weekday.
form-day-over = That day is over. The last day must be today or later.
form-day-before = That is before the first day.
form-must-say = This must say something.
form-it = It { $must }.
form-kind = Kind
piece-name = Name
piece-name-hint = What it is called.
piece-phone = Phone
piece-phone-hint = One number, like 614-555-0142.
piece-website = Website
piece-website-hint = Like https://example.org
piece-times = Times
piece-times-hint = Like Tue 19:00-20:00. Several: put a semicolon between them.
form-times-now = Now: { $now }. To change it, type all times, like Tue 19:00-20:00; Sat noon
form-times-none = no times
piece-place = Building
piece-place-hint = The name of the building. May stay empty.
piece-street = Street
piece-street-hint = Street and number.
piece-city = Town
piece-city-hint = The town alone.
piece-summary = About
piece-summary-hint = What it is, in a few plain words.
form-address-private = Its address is kept private. It cannot be changed here.
form-beds-about = Type how many beds are free. Then go down to Save.
form-beds-known = { $count ->
    [one] 1 free, counted { $when }
   *[other] { $count } free, counted { $when }
}
form-beds-undated = { $count ->
    [one] 1 free. Nobody says when that was counted.
   *[other] { $count } free. Nobody says when that was counted.
}
form-beds-more = { $count ->
    [one] Type how many beds are free, then go down to Save. 1 more home has no room here: find it with Change a listing.
   *[other] Type how many beds are free, then go down to Save. { $count } more homes have no room here: find them with Change a listing.
}
form-summary-long = It is too long to stand here. What you type takes the place of all of it.
form-letter = That cannot be typed here.
form-beds-unknown = Nobody has counted them.
form-beds-many = That is too many. Type a number up to 10000.
form-no-homes = No place to live is listed. Add one first.
form-nothing = Nothing was typed, so there is nothing to save.
form-leave = Not saved. Press Esc once more to leave without saving.
form-at-end = Press Up to go to a field.
form-digits = Type digits here.
form-full = There is no room for more.
staff-beds = Free beds
staff-find = Change a listing: closed, moved, wrong
staff-add = Add a listing
staff-notice = A notice on the first screen
staff-changes = What was changed by hand, and how to take it back
staff-plan = See what a refresh would change
staff-complaints = What was wrong in the feeds
staff-refresh = Refresh: read the feeds
staff-roll-back = Go back to the edition before
staff-check = Check the settings
staff-close = Close this door
staff-end = Leave the program
staff-no-typing = Nothing can be typed here. Press F10 to close the door.
staff-moment = One moment.
staff-busy = A refresh is running. Nothing was changed. Try again when it is done.
staff-from-next-visit = Visitors see it from their next visit on.
staff-edition = Edition
staff-put-up = Put up
staff-moment-ago = { $date }, { $clock } ({ $ago })
staff-starter = No edition is up yet. Visitors see the starter pack.
staff-folder = Folder
staff-feeds-file = Feeds
staff-no-feeds-file = No file of your own
staff-version = Program version
staff-records = { $count ->
    [one] 1 listing
   *[other] { $count } listings
}
staff-by-feed = By feed
feed-read = Last read: { $moment }
feed-never-read = never
feed-failed = The last try failed: { $why }
feed-held = It was read, and is held back: { $why }. It waits for you: choose "See what a refresh would change" to look at it and take it.
staff-no-faults = The settings and the feeds file have no faults.
staff-faults = { $count ->
    [one] 1 fault
   *[other] { $count } faults
}
staff-roll-back-question = Take the newest edition back?
staff-roll-back-no = No, leave it as it is
staff-roll-back-yes = Yes, go back to the edition before
roll-back-done = Edition { $edition } is the newest now.
roll-back-nothing-before = There is no edition before this one. Nothing was changed.
roll-back-failed = It could not be taken back. Nothing was changed. The system says:
plan-runs = Reading the feeds. Nothing is changed. Press Esc to stop.
plan-done = This would change. Nothing is changed yet.
plan-nothing = Nothing would change.
plan-put-up = Put this up: read the feeds and show what they say
plan-counts = Listings before: { $before }. Now: { $after }. New: { $new }. Changed: { $changed }. Gone: { $gone }.
plan-doubt = HELD BACK: { $why }. Look at the list of its owner, or call them.
plan-taken = It is taken as it is now. Press Enter to leave this feed as it was.
plan-held = It stays as it was. Press Enter to take it as it is now.
plan-new = New: { $name }
plan-gone = Gone: { $name }
plan-changed = Changed: { $name }
plan-more = { $count ->
    [one] And 1 more listing. To see all, run: porchlight refresh --plan
   *[other] And { $count } more listings. To see all, run: porchlight refresh --plan
}
refresh-runs = Reading the feeds. Press Esc to stop.
refresh-stopping = Stopping.
refresh-stopped = Stopped. Nothing was changed.
refresh-done = Done. Edition { $edition } is up.
refresh-waits = Nothing new was put up. What was read is held back and waits for you: choose "See what a refresh would change" to look at it and take it.
refresh-failed = The refresh failed. Visitors see what they saw before. It said:
refresh-faults = The settings or the feeds file have faults. Nothing was changed.
refresh-no-feeds = There is no file of feeds yet, so there is nothing to refresh.
refresh-no-feeds-more = Put a file feeds.toml beside the settings, or name one in the setting "feeds".
refresh-waiting = waits
refresh-asking = asked
refresh-coming = { $bytes }
refresh-coming-of = { $bytes } of { $of }
phase-reading = Reading the feeds
phase-merging = Putting the feeds together
phase-building = Making the new edition
phase-trying = Trying it
phase-writing = Writing it to the disk
phase-standing = Putting it up
phase-keeping = Keeping what the feeds said
refresh-read = { $count ->
    [one] read, 1 row
   *[other] read, { $count } rows
}
refresh-kept = { $count ->
    [one] gave nothing today. Its listing of the last edition stays.
   *[other] gave nothing today. Its { $count } listings of the last edition stay.
}
refresh-held = { $count ->
    [one] held back: { $why }. Its listing of before stays.
   *[other] held back: { $why }. Its { $count } listings of before stay.
}
refresh-account = Rows: { $rows }. Listings: { $records }. Joined with another: { $joined }. Left out: { $dropped }.
refresh-notes = Notes on { $feed }
refresh-more-notes = { $count ->
    [one] And 1 more note. To see more, run: porchlight refresh
   *[other] And { $count } more notes. To see more, run: porchlight refresh
}

## Screens of all kinds

more-below = Press Down for more
page-gone = This page is gone. Press Esc to go back.
still-there = Still there?
still-there-more = Press any key to keep your search.
still-there-clear = In { $seconds } seconds this kiosk forgets it and starts over.
