//! The words of an invented directory. Towns, streets and people are put together from parts, so that there can be
//! as many as a large directory has.

use std::sync::LazyLock;

use super::dice::Dice;

/// Texts that are written here with a stroke between each two.
pub(crate) type List = LazyLock<Vec<&'static str>>;

/// Names that groups really like, the commonest first.
pub(crate) static PHRASES: List = LazyLock::new(|| {
    split(
        "Serenity|Attitude Adjustment|Sober Living|One Day at a Time|Keep It Simple|New Beginnings|Early Birds|\
        Happy Hour|Living Sober|Way Out|Primary Purpose|Daily Reflections|Nooners|As Bill Sees It|Came to Believe|\
        Sunrisers|Happy Joyous and Free|Big Book Thumpers|First Things First|Easy Does It|Open Door|Hope|Unity|\
        Clean and Serene|Just for Today|Back to Basics|Steps to Freedom|Night Owls|Eye Opener|Lunch Bunch|\
        Spiritual Awakening|Candlelight|Keep Coming Back|Rule 62|The Solution|Recovery Together|Language of Letting Go|\
        Gratitude|Sunlight of the Spirit|Design for Living|Rocketed|Progress Not Perfection|How It Works|Acceptance|\
        Courage to Change|Fresh Start|Second Chance|Camel Club|Dry Dock|Happy Destiny|Into Action|Never Alone|\
        Trudgers|Turning Point|The Promises|Friends of Bill|Reveille|Women of Worth|Ray of Hope|High Noon|\
        Walk the Walk|Mustard Seed|Lifeline|Peace of Mind|A Vision for You|Surrender to Win|Freedom from Bondage|\
        Mental Health and Recovery|Self Esteem|Trauma and Recovery|Lighthouse|Safe Harbor|The Journey Continues|\
        Living in the Now|Road to Recovery|Lunartics|The Point|Tuesday Topic|Rocky Road|Fireside|Porch Talk|\
        Miracles Happen|Free at Last|Chapter Five|The Usual Suspects|Wise Old Owls|Daybreak|Pathfinders|Survivors|\
        Basic Text Study|Hugs Not Drugs|Straight Up|Stayin Alive|Dopeless Hope|Clean Slate|Kiss the Ground",
    )
});

/// Names of groups that speak Spanish.
pub(crate) static GRUPOS: List = LazyLock::new(|| {
    split(
        "Nueva Vida|24 Horas|Un Día a la Vez|Luz del Camino|Serenidad|Buen Camino|Fuerza y Esperanza|Amor y Servicio|\
        Nuevo Amanecer|Libertad|Solo por Hoy|Vivir Sobrio|Unidad|Despertar Espiritual|Once de Febrero|La Viña|\
        Primero lo Primero|Paz Interior|Nueva Esperanza|Mujeres en Acción|Volver a Nacer|Gratitud|Fe y Esperanza",
    )
});

/// What is put before or behind the name of a group.
pub(crate) static KINDS: List = LazyLock::new(|| {
    split(
        "Group|Meeting|Discussion|Big Book Study|Step Study|Speaker Meeting|Beginners|Fellowship|Book Study|Hour|Stag",
    )
});

pub(crate) static FIRST_NAMES: List = LazyLock::new(|| {
    split(
        "Mary|John|Linda|Mike|Pat|Bill|Susan|Jim|Maria|Dave|Karen|Bob|Nancy|Carlos|Lisa|Tom|Ana|Steve|Denise|Ray|\
        Jose|Kathy|Rick|Angela|Tony|Rosa|Greg|Yolanda|Ed|Latoya",
    )
});

/// Halves of the names of towns.
pub(crate) static FIRST: List = LazyLock::new(|| {
    split(
        "Oak|River|Maple|Cedar|Stone|Clear|Fair|Spring|Green|West|East|North|South|Lake|Hill|Mill|Bridge|Clay|Ash|Elm|\
        Pine|Glen|Rose|Silver|Golden|Red|White|Black|Blue|High|Low|Long|Broad|King|Queen|Bishop|Fox|Deer|Eagle|Falcon",
    )
});
pub(crate) static SECOND: List = LazyLock::new(|| {
    split(
        "ville|ton|field|ford|wood|brook|dale|mont|port|haven|burg|ham|stead|land|view|crest|side|wick|worth|mouth|\
        borough|gate|well|cliff|shore|ridge|vale|creek|bury|march",
    )
});

pub(crate) static STREET: List =
    LazyLock::new(|| split("Street|Avenue|Road|Street|Boulevard|Drive|Lane|Court|Way|Highway"));

pub(crate) static SAINTS: List = LazyLock::new(|| {
    split(
        "First|St. Mark|Grace|Trinity|St. Paul|Faith|Our Savior|St. John|Calvary|Good Shepherd|Christ|Holy Cross|\
        St. Luke|Bethany|Redeemer|St. Mary|Emmanuel|Zion|St. Francis|Hope|Shepherd of the Hills|St. Andrew",
    )
});
pub(crate) static CHURCHES: List = LazyLock::new(|| {
    split("Lutheran|Methodist|Presbyterian|Baptist|Episcopal|Catholic|United Methodist|Community|Christian|Unitarian")
});
pub(crate) static VENUE: List = LazyLock::new(|| {
    split(
        "Community Center|Alano Club|Library|Hospital|Clubhouse|Recovery Center|School|Senior Center|Park Pavilion|\
        YMCA|Temple|American Legion Hall|Fellowship Hall|Medical Center|Coffee House|Fire Station",
    )
});

/// Parts of a town, the commonest first.
pub(crate) static QUARTERS: List = LazyLock::new(|| {
    split(
        "Downtown|Midtown|Eastside|Westside|Old Town|North End|South Side|Riverside|University District|Uptown|\
        Lakeview|Waterfront|Chinatown|Mission District|Capitol Hill|Garden District|Arts District|Northgate",
    )
});

/// What stands in the notes of meetings. `@` stands for a person, `#` for a number.
pub(crate) static NOTES: List = LazyLock::new(|| {
    split(
        "Use the side door and ring the bell|Parking in the rear lot behind the building|Meets in room #|\
        Second floor, elevator on the left|Downstairs in the fellowship hall|Enter from the alley|Masks are welcome|\
        Newcomers welcome, come as you are|Anyone with a desire to stop is welcome|Last week of the month is a speaker|\
        Birthday meeting on the last day of the month, bring a cake|Zoom password #|For the password call @|\
        Text @ for the meeting code|Wheelchair ramp on the north side|Children may come, toys in the corner|\
        Quiet dogs are welcome|Bring your own chair when the weather permits|Doors close ten minutes after the start|\
        Arrive early, the gate is locked at # pm|Potluck on the first Friday|Group conscience on the third week|\
        Chips are given every week|No smoking on the grounds|Bus # stops at the corner|Across from the park|\
        Look for the blue sign and go through the hallway|In the gym behind the kitchen|Sign in at the security desk|\
        Beginners meet half an hour before|Ask for @ at the front office|Closed on federal holidays|Coffee is served|\
        Literature is sold after the meeting|We read from the Big Book and share|Topic chosen by the chair|\
        Sharing is limited to three minutes|Please keep your camera on during the meeting|Hybrid, the room opens early|\
        A list of phone numbers is passed around|Ninety minutes with a break|Peer support for trauma and grief|\
        Candles are lit and the lights are low|Proof of attendance is signed at the end|Sponsors are available|\
        Meditation for twenty minutes, then open sharing|Street parking only, do not use the lot of the bakery|\
        Also on the phone, code #|Temporarily in the smaller chapel|Cross talk is kindly discouraged|In Spanish on request",
    )
});

/// What services, residences, booklets and pages are about.
pub(crate) static TOPICS: List = LazyLock::new(|| {
    split(
        "recovery|trauma|alcohol|opioids|self esteem|naloxone|suboxone|methadone|buprenorphine|grief|parenting|\
        employment|housing|anxiety|depression|sleep|stigma|relapse|coping|overdose|stimulants|families|pregnancy|\
        veterans|nutrition|peer support|faith|medication|withdrawal|fentanyl|anger|young adults|reentry|criminal justice|\
        tobacco|gambling|hepatitis|counseling|co-occurring disorders|suicide prevention",
    )
});

/// Sentences of services, booklets and pages. `@` stands for a topic.
pub(crate) static SENTENCES: List = LazyLock::new(|| {
    split(
        "Help with @ for people at any stage of recovery|Walk in or call, no referral is needed|\
        Staff speak English and Spanish|Learn what @ does to body and mind|A plain guide to @ for families and friends|\
        Peers who have lived with @ share what helped them|Evidence-based care for @ and @|You are not alone with @|\
        Sliding fee, Medicaid and most insurance accepted|Weekly groups on @ and individual coaching|\
        Questions to ask before you begin|Find out how @ and @ are linked|Steps that you can take today|\
        Services for adults, young people and their families|Free kits and training, no questions asked|\
        Helps to find work, a place to live and a way to get there|Signs to watch for, and what to do about them|\
        Exercises and worksheets for groups or for one|How to talk with somebody you love about @|\
        Residents share meals and chores and go to meetings together|Random testing, curfew at ten, no overnight guests|\
        Close to bus lines, jobs and meetings|Pets on request, off-street parking, laundry in the house",
    )
});

fn split(text: &'static str) -> Vec<&'static str> {
    text.split('|').collect()
}

/// A family name. There are 12,000, and the first ones are common.
pub(crate) fn surname(dice: &mut Dice) -> String {
    const BEGIN: [&str; 30] = [
        "Har", "Mar", "Wil", "An", "Ro", "Gar", "Ber", "Hol", "Car", "Del", "Fer", "Gon", "Lan", "Mon", "Nor", "Par",
        "Ram", "San", "Tor", "Val", "Whit", "Bran", "Cal", "Dun", "El", "Flet", "Grif", "Hen", "Kel", "Os",
    ];
    const MIDDLE: [&str; 20] = [
        "", "ri", "der", "ti", "ne", "lo", "sta", "ken", "man", "be", "gar", "mi", "ver", "na", "do", "chi", "len",
        "wa", "fo", "zu",
    ];
    const END: [&str; 20] = [
        "son", "ez", "ton", "ley", "man", "ing", "er", "wood", "ard", "is", "ette", "ski", "stein", "well", "field",
        "ado", "ero", "by", "quist", "ham",
    ];
    let nth = dice.skewed(BEGIN.len() * MIDDLE.len() * END.len()) * 7_919 % 12_000;
    format!("{}{}{}", BEGIN[nth % 30], MIDDLE[nth / 30 % 20], END[nth / 600])
}

/// Some of these sentences, their signs filled in, and now and then with a slip, as volunteers write.
pub(crate) fn told(sentences: &[&str], signs: &[&str], how_many: usize, dice: &mut Dice) -> String {
    let all: Vec<String> = (0..how_many).map(|_| filled(dice.any(sentences), signs, dice)).collect();
    all.join(". ")
}

fn filled(sentence: &str, signs: &[&str], dice: &mut Dice) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    for letter in sentence.chars() {
        match letter {
            '@' => out.push_str(dice.pick(signs)),
            '#' => out.push_str(&(1 + dice.skewed(999)).to_string()),
            letter => out.push(letter),
        }
    }
    if dice.chance(4) { slipped(&out, dice) } else { out }
}

/// One slip somewhere after the first letter.
pub(crate) fn slipped(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() > 4 {
        let at = 1 + dice.roll(letters.len() - 2);
        match dice.roll(4) {
            0 => drop(letters.remove(at)),
            1 => letters.swap(at, at + 1),
            2 => letters.insert(at, letters[at]),
            _ => letters[at] = dice.any(&['e', 'a', 'i', 'r', 's', 'n']),
        }
    }
    letters.into_iter().collect()
}
