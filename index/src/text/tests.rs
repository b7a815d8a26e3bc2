use proptest::prelude::*;

use super::{Letters, at_most_one, clean, clean_paragraphs, cost, fold, is_clean, words};

fn line(raw: &str) -> String {
    clean(raw, 1000)
}

fn paragraphs(raw: &str) -> String {
    clean_paragraphs(raw, 1000)
}

fn words_of(text: &str) -> Vec<String> {
    words(text).collect()
}

#[test]
fn tags_go_and_their_text_stays() {
    assert_eq!(
        line("Ring the <b>bell</b> at <a href=\"https://example.org/?a=1>2\">the door</a>."),
        "Ring the bell at the door."
    );
    assert_eq!(line("Wo<i>rd</i>s<br>and more"), "Words and more");
    assert_eq!(line("one<!-- two > three -->four<?php x ?>five<!DOCTYPE html>"), "onefourfive");
    assert_eq!(
        line("<a href=\"https://example.org>broken quotes</a> are read anyway"),
        "broken quotes are read anyway"
    );
}

#[test]
fn what_only_looks_like_a_tag_stays() {
    for text in
        ["I <3 you", "5 < 7 > 3", "a <b", "<", "write to <info@example.org>", "see <https://example.org>", "<a <"]
    {
        assert_eq!(line(text), text);
    }
}

#[test]
fn paragraphs_lines_and_list_items_become_lines() {
    assert_eq!(paragraphs("<p>One\ntwo</p>\r\n<p>Three</p>"), "One two\nThree");
    assert_eq!(paragraphs("<ul>\n<li>Soup</li><li>Bread</LI></ul>"), "Soup\nBread");
    assert_eq!(paragraphs("Side door<br />\nRing<BR>twice"), "Side door\nRing\ntwice");
    assert_eq!(paragraphs("  Plain \r\n\r\n text\rof lines "), "Plain\ntext\nof lines");
    assert_eq!(paragraphs("<table><tr><td>Mon</td><td>7 pm</td></tr><tr><td>Tue</td></tr></table>"), "Mon 7 pm\nTue");
}

#[test]
fn scripts_and_embedded_images_are_no_text() {
    assert_eq!(line("before<script type='x'>alert('<b>')</script>after"), "before after");
    assert_eq!(line("before<STYLE>p { color: red }</Style >after"), "before after");
    assert_eq!(line("kept <script>never closed"), "kept");
    let image = "A".repeat(150_000);
    assert_eq!(line(&format!("a<img src=\"data:image/png;base64,{image}\">b")), "ab");
    assert_eq!(line(&format!("a ![photo](data:image/png;base64,{image}==) b")), "a ![photo]( ) b");
    assert_eq!(line("data: none yet"), "data: none yet");
}

#[test]
fn entities_are_decoded_and_what_they_hid_is_looked_at_again() {
    assert_eq!(line("Men&#8217;s &amp; Women&rsquo;s&nbsp;group &eacute;"), "Men’s & Women’s group é");
    assert_eq!(line("escaped twice: R&amp;amp;R, it&amp;#39;s"), "escaped twice: R&R, it's");
    assert_eq!(line("a&#27;[31mred&#x1b;]0;x&#7;b&#8238;c&shy;d&#0;"), "aredbcd\u{fffd}");
    assert_eq!(line("https://example.org/?a=1&copy=2&amp;lt=3"), "https://example.org/?a=1&copy=2&lt=3");
    assert_eq!(line("AT&T, Q&A, A & B; &nothing;"), "AT&T, Q&A, A & B; &nothing;");
}

#[test]
fn an_escaped_tag_is_text_and_stays_text() {
    // The space keeps it from being a tag when the text is cleaned once more.
    assert_eq!(line("&lt;script&gt;alert(1)&lt;/script&gt;"), "< script>alert(1)< /script>");
    assert_eq!(line(&line("&lt;script&gt;alert(1)&lt;/script&gt;")), "< script>alert(1)< /script>");
    assert_eq!(line("1 &lt; 2"), "1 < 2");
}

#[test]
fn escape_sequences_go_whole() {
    for sequence in [
        "\u{1b}[31m",
        "\u{1b}[?1049h",
        "\u{1b}[38;2;1;2;3m",
        "\u{1b}[ q",
        "\u{9b}31m",
        "\u{9b}2J",
        "\u{1b}]0;title\u{7}",
        "\u{1b}]52;c;aGk=\u{1b}\\",
        "\u{9d}0;title\u{9c}",
        "\u{1b}]8;;https://example.org\u{9c}",
        "\u{1b}P1$r0m\u{1b}\\",
        "\u{90}q#0\u{9c}",
        "\u{1b}_Ga=T;AAAA\u{1b}\\",
        "\u{9f}x\u{1b}\\",
        "\u{1b}^x\u{1b}\\",
        "\u{1b}(B",
        "\u{1b}c",
        "\u{1b}#8",
        "\u{1b}7",
        "\u{7f}",
        "\u{0}",
        "\u{8}",
    ] {
        assert_eq!(line(&format!("left{sequence}right")), "leftright", "{sequence:?}");
    }
}

#[test]
fn a_string_for_the_terminal_that_never_ends_takes_nothing_with_it() {
    assert_eq!(line("\u{1b}]Open to anyone"), "Open to anyone");
    assert_eq!(line("in the \u{83}??Bet\u{83}?\u{9d} classroom"), "in the ??Bet? classroom");
    // Quotation marks read in the wrong encoding hold both the opening and the end of such a string.
    assert_eq!(line("â\u{80}\u{9c}one â\u{80}\u{9d} and â\u{80}\u{9c}two"), "âone â and âtwo");
}

#[test]
fn windows_punctuation_is_read_as_what_it_was() {
    assert_eq!(line("Men\u{92}s \u{93}Rush\u{94} \u{96} 7\u{97}8\u{85}"), "Men’s “Rush” – 7—8…");
    assert_eq!(line("\u{8b}Hello\u{9b} World"), "‹Hello› World");
}

#[test]
fn what_nobody_sees_goes() {
    assert_eq!(
        line("\u{feff}call \u{202a}555-0100\u{202c} now\u{200b}\u{200b} so\u{ad}ber"),
        "call 555-0100 now sober"
    );
    assert_eq!(line("a\u{2066}b\u{2069}c\u{e0041}d\u{fe0f}e\u{180e}f\u{3164}g\u{fffe}h\u{61c}i"), "abcdefghi");
    assert_eq!(line("https://example.org/\u{a0}"), "https://example.org/");
    assert_eq!(line("Farsi Meeting جلسه فارسی آرامش ♡"), "Farsi Meeting جلسه فارسی آرامش ♡");
}

#[test]
fn a_mark_that_goes_lets_no_file_in() {
    for text in ["data:\u{301};base64,", "data:;base6\u{301}4,QUJD"] {
        let once = line(text);
        assert_eq!((line(&once), paragraphs(&once)), (once.clone(), once.clone()), "{text:?}");
    }
}

#[test]
fn white_space_is_folded() {
    assert_eq!(line("\t .W.\u{3000}-  Tuesday\u{2009}1:30pm\r\n\r\n"), ".W. - Tuesday 1:30pm");
    assert_eq!(line(" \n\t "), "");
}

#[test]
fn letters_are_composed_and_keep_at_most_four_marks() {
    assert_eq!(line("Cafe\u{301}"), "Café");
    assert_eq!(line(&format!("z{}algo", "\u{300}".repeat(50_000))), format!("z{}algo", "\u{300}".repeat(4)));
    assert_eq!(line("\u{301}a \u{301}b"), "a b");
}

#[test]
fn long_texts_end_in_an_ellipsis_at_the_measure() {
    assert_eq!(clean("Grüße an alle", 13), "Grüße an alle");
    assert_eq!(clean("Grüße an alle", 12), "Grüße an al…");
    assert_eq!(clean("Grüße an alle", 7), "Grüße…");
    assert_eq!(clean("♡♡♡", 1), "…");
    assert_eq!(clean("♡♡♡", 0), "");
    assert_eq!(clean_paragraphs("one\ntwo", 5), "one…");
    // Cut there, it would turn into ©.
    assert_eq!(clean("x&copyright", 7), "x…");
}

#[test]
fn every_character_is_made_clean_and_folds_for_good() {
    // All but ideographs and syllables, which are many and plain.
    for c in
        ('\0'..'\u{3400}').chain('\u{a000}'..'\u{ac00}').chain('\u{d7b0}'..'\u{20000}').chain('\u{e0000}'..'\u{e1000}')
    {
        for text in [format!("a{c}b"), format!("&#x{:x};", u32::from(c))] {
            let cleaned = clean_paragraphs(&text, 20);
            assert!(is_clean(&cleaned), "{text:?} gives {cleaned:?}");
        }
        let folded = fold(&c.to_string());
        assert_eq!(fold(&folded), folded, "{c:?}");
        // A text of plain letters takes a shorter way.
        assert_eq!(fold(&format!("é{c}")), format!("e{folded}"), "{c:?}");
    }
}

#[test]
fn texts_that_are_not_clean_are_known() {
    for text in [
        "a\u{1b}b",
        "a  b",
        " a",
        "a\n",
        "a\n\nb",
        "a \nb",
        "a\tb",
        "e\u{301}",
        "a\u{200b}",
        "a\u{a0}b",
        "\u{85}",
        "\u{301}",
    ] {
        assert!(!is_clean(text), "{text:?}");
    }
    for text in ["", "a b", "a\nb", "é", "< b>", "a <b> &amp; c", "ñ ü ß ♡ فارسی"] {
        assert!(is_clean(text), "{text:?}");
    }
}

#[test]
fn hostile_lengths_are_no_trouble() {
    for part in [
        "<",
        "<a ",
        "<a \"",
        "<a '\"",
        "<!--",
        "</",
        "<!",
        "&",
        "&amp;",
        "&#",
        "data:",
        "data:;base64,",
        "\u{1b}",
        "\u{1b}]",
        "\u{1b}[",
        "\u{9b}1",
        "\u{9d}",
        "\u{301}",
        "<script>",
        "</script",
        "a.",
        "a'",
        "<p>",
        ">",
        "\n",
        "a ",
    ] {
        let long = part.repeat(40_000 / part.len());
        for text in [long.clone(), format!("{long}>"), format!("{long}-->\u{7}<b>")] {
            let cleaned = clean_paragraphs(&text, 500);
            assert!(is_clean(&cleaned) && cleaned.chars().count() <= 500, "{part:?}");
            assert!(words(&text).all(|word| word.chars().count() <= 60), "{part:?}");
        }
    }
}

#[test]
fn words_are_what_people_type() {
    assert_eq!(words_of("Women's Way, Men’s Rush ‘n’ Roll"), ["womens", "way", "mens", "rush", "n", "roll"]);
    assert_eq!(words_of("A.A. and N.A., C.M.A at 7 p.m."), ["aa", "and", "na", "cma", "at", "7", "pm"]);
    assert_eq!(
        words_of("J.R. Smith, j.smith, St. Mary, e.v.Haus, 1.2"),
        ["jr", "smith", "j", "smith", "st", "mary", "ev", "haus", "1", "2"]
    );
    assert_eq!(words_of("SMA-3720 12x12 24/7 7:30pm"), ["sma", "3720", "12x12", "24", "7", "7", "30pm"]);
    assert_eq!(
        words_of("Café Straße Ærø ÑANDÚ Łódź ΣΟΦΟΣ İstanbul"),
        ["cafe", "strasse", "aero", "nandu", "lodz", "σοφοσ", "istanbul"]
    );
    assert_eq!(words_of("so\u{ad}ber ﬁrst ｆｕｌｌ हिन्दी"), ["sober", "first", "full", "हिनदी"]);
    assert_eq!(words_of(" '' . - … ♡ "), [""; 0]);
}

/// Texts made of what can go wrong next to each other.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(
            &[
                "<",
                ">",
                "&",
                ";",
                "#",
                "/",
                "!",
                "--",
                "-->",
                "<!--",
                "<b>",
                "</b>",
                "<p>",
                "<br>",
                "<script>",
                "</script>",
                "lt",
                "gt",
                "amp",
                "&lt;",
                "&gt;",
                "&amp;",
                "&#27;",
                "&#x9b;",
                "&#35;",
                "&nbsp",
                "&copy",
                "=",
                "\"",
                "'",
                "script",
                "b",
                "x",
                "data:",
                "image/png",
                ";base64,",
                "AAAA",
                "\u{1b}",
                "[",
                "]",
                "31",
                "m",
                "\u{7}",
                "\u{9b}",
                "\u{9c}",
                "\u{9d}",
                "\u{80}",
                "\\",
                "\n",
                "\r",
                " ",
                "\u{a0}",
                "\u{301}",
                "\u{338}",
                "\u{327}",
                "\u{200b}",
                "\u{37e}",
                "e",
                "\u{1100}",
                "\u{1161}",
                "\u{9c7}",
                "\u{9be}",
                "\u{344}",
                "…",
                ".",
                "A",
                "\u{2029}",
                "&ZeroWidthSpace;",
                "&colon;",
            ][..]
        )
        .prop_map(ToOwned::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// What markup and entities are made of, close together, and between it what does not stay: marks without a letter,
/// characters that nobody sees, controls.
fn between() -> impl Strategy<Value = String> {
    let kept = prop::sample::select(
        &[
            "<", ">", "&", ";", "#", "x", "6", "0", "/", "!", "-", "b", "lt", "gt", "amp", "p", "=", "\"", "data:",
            "base64,", ":",
        ][..],
    );
    let gone = prop::sample::select(
        &["\u{301}", "\u{335}", "\u{338}", "\u{93e}", "\u{200b}", "\u{ad}", "\u{7}", "\u{1b}", "\u{80}", " ", "\n"][..],
    );
    let hidden =
        prop::sample::select(&["&#x335;", "&#173;", "&#60;", "&amp;#821;", "&lt;", "&shy;", "<b>", "</b>"][..]);
    let piece = prop_oneof![6 => kept, 4 => gone, 2 => hidden];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_was_cleaned_is_clean_and_stays_as_it_is(raw in nasty(), most in 0_usize..40) {
        for most in [most, 1000] {
            let once = clean(&raw, most);
            prop_assert!(is_clean(&once) && !once.contains('\n') && once.chars().count() <= most, "{:?}", once);
            prop_assert_eq!(&clean(&once, most), &once);
            prop_assert_eq!(&clean_paragraphs(&once, most), &once);
            let once = clean_paragraphs(&raw, most);
            prop_assert!(is_clean(&once) && once.chars().count() <= most, "{:?}", once);
            prop_assert_eq!(&clean_paragraphs(&once, most), &once);
        }
    }

    #[test]
    fn what_goes_from_between_makes_no_markup(raw in between(), most in 0_usize..30) {
        for most in [most, 1000] {
            let line = clean(&raw, most);
            prop_assert_eq!(&clean(&line, most), &line);
            let once = clean_paragraphs(&raw, most);
            prop_assert_eq!(&clean_paragraphs(&once, most), &once);
            prop_assert_eq!(clean(&once, most), clean(&raw, most));
        }
    }

    #[test]
    fn what_is_clean_at_first_sight_is_what_the_long_way_gives(
        raw in prop_oneof!["[ a-z0-9.,:;<&~\t-]{0,20}", "(data:)?[a-z]{1,5}( [a-z.]{1,5}){0,4} ?"],
        most in 0_usize..40,
    ) {
        let long = |breaks| super::cut(super::composed(&raw, breaks), most);
        prop_assert_eq!(clean(&raw, most), long(super::Breaks::Folded));
        prop_assert_eq!(clean_paragraphs(&raw, most), long(super::Breaks::Kept));
    }

    #[test]
    fn clean_text_without_markup_is_left_alone(raw in nasty()) {
        let plain = raw.replace(['<', '&'], "").replace("data:", "");
        prop_assert_eq!(is_clean(&plain), clean_paragraphs(&plain, 1000) == plain);
    }

    #[test]
    fn words_are_letters_and_digits_and_stay_the_same_words(raw in nasty()) {
        let words = words_of(&raw);
        prop_assert!(words.iter().all(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric)), "{:?}", words);
        prop_assert_eq!(&words_of(&words.join(" ")), &words);
        prop_assert_eq!(&fold(&fold(&raw)), &fold(&raw));
    }

    #[test]
    fn capitals_and_apostrophes_make_no_other_words(raw in "[a-zA-Z0-9 .'À-ÿ-]{0,30}") {
        prop_assert_eq!(words_of(&raw.to_uppercase()), words_of(&raw));
        prop_assert_eq!(words_of(&raw.replace('\'', "’")), words_of(&raw));
        prop_assert_eq!(words_of(&raw.replace('\'', "´")), words_of(&raw));
    }
}

#[test]
fn a_slip_has_its_price() {
    let table = [
        ("meeting", "meeting", Some(0)),
        ("meetting", "meeting", Some(1)),
        ("metting", "meeting", Some(1)),
        ("meetign", "meeting", Some(2)),
        ("wensday", "wednesday", Some(4)),
        ("nonday", "monday", None),
        ("mmeeting", "meeting", Some(1)),
        ("peeting", "meeting", Some(4)),
        ("mens", "men", Some(2)),
        ("men", "mens", None),
        ("womans", "women", None),
        ("2026", "2025", None),
        ("serenity", "recovery", None),
    ];
    for (typed, meant, expected) in table {
        assert_eq!(cost(typed, meant), expected, "{typed} for {meant}");
        let near = Letters::of(typed).may_slip_to(Letters::of(meant));
        assert!(near || expected.is_none(), "{typed} for {meant}");
    }
    assert!(at_most_one("suicde", "suicide") && !at_most_one("sucde", "suicide"));
}
