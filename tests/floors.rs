//! The floors of this crate: who stands on whom, and who may know which guest. The crate's documentation tells it in
//! words.

use std::path::Path;

use self::house::{Guest, House, sources};

// The same eyes as for the crate `index`, where they are tested themselves.
#[path = "../index/tests/floors/house.rs"]
mod house;
#[path = "../index/tests/floors/scan.rs"]
mod scan;

const PORCHLIGHT: House = House {
    floors: &[
        &["main"],
        &["keeper", "glass"],
        &["kiosk", "link", "guard"],
        &["commands", "refresh", "printer", "staff", "store", "log", "overrides"],
        &["fetch"],
        &["tty"],
        &["view"],
        &["app"],
        &["ask", "tell", "slip"],
        &["event", "errand", "keys"],
        &["config", "locale", "words"],
        &["crisis", "pin"],
        &["page"],
        &["confine", "decode", "layout"],
    ],
    // What comes from the network is not for the processes at the terminal.
    apart: &[
        ("keeper", "fetch"),
        ("glass", "fetch"),
        ("kiosk", "fetch"),
        ("link", "fetch"),
        ("guard", "fetch"),
        ("staff", "fetch"),
    ],
    guests: &[
        // The names of keys travel far; drawing does not.
        Guest { name: "ratatui::crossterm::event", homes: &["kiosk", "tty", "app", "event", "keys", "decode"] },
        Guest { name: "ratatui", homes: &["view", "kiosk", "glass", "tty", "screen"] },
        Guest { name: "crossterm", homes: &[] },
        Guest { name: "tokio", homes: &["main", "keeper", "glass", "kiosk", "tty", "link"] },
        // A program is started by the keeper alone, and only this one, in a role.
        Guest { name: "tokio::process", homes: &["keeper/seat"] },
        // The self-attack of the doctor tries what the glass must not be able to.
        Guest { name: "std::process::Command", homes: &["commands/doctor/attack", "commands/doctor/tries", "staff"] },
        Guest { name: "rustix", homes: &["keeper", "kiosk", "tty", "link", "guard", "store", "commands"] },
        // The line between the keeper and a glass, and the service manager's. No other socket is named.
        Guest { name: "rustix::net", homes: &["link"] },
        Guest { name: "tokio::net", homes: &[] },
        Guest { name: "tokio::net::UnixStream", homes: &["link"] },
        Guest { name: "tokio::net::unix::pipe", homes: &["tty", "keeper/editions"] },
        Guest { name: "std::os::unix::net", homes: &["link", "keeper/service", "commands/doctor/tries"] },
        Guest { name: "argon2", homes: &["pin"] },
        // Whoever logs says a note of the closed list.
        Guest { name: "tracing", homes: &["log"] },
        Guest { name: "tracing_subscriber", homes: &["log"] },
        Guest { name: "tracing_appender", homes: &["log"] },
        Guest { name: "tracing_journald", homes: &["log"] },
        // The network: one client on sockets of ours, and what unpacks what it brings.
        Guest { name: "ureq", homes: &["fetch"] },
        Guest { name: "rustls", homes: &["fetch/wire"] },
        Guest { name: "flate2", homes: &["fetch/unpack", "commands/backup", "commands/restore"] },
        Guest { name: "tar", homes: &["commands/backup", "commands/restore"] },
        Guest { name: "brotli_decompressor", homes: &["fetch/unpack"] },
        Guest { name: "ruzstd", homes: &["fetch/unpack"] },
        Guest { name: "sha2", homes: &["fetch"] },
        // What the self-attack tries.
        Guest { name: "nix", homes: &["commands"] },
        // By number, before anything is opened: no other safe crate closes what it did not open.
        Guest { name: "nix::unistd", homes: &["commands", "guard"] },
        Guest { name: "memmap2", homes: &["commands"] },
        // What the kernel is asked to refuse, in one place.
        Guest { name: "landlock", homes: &["confine"] },
        Guest { name: "seccompiler", homes: &["confine"] },
        Guest { name: "libc", homes: &["confine"] },
        Guest { name: "clap", homes: &["main", "commands"] },
        Guest { name: "indicatif", homes: &["commands/refresh/bar"] },
        Guest { name: "fluent_bundle", homes: &["locale"] },
        Guest { name: "unic_langid", homes: &["locale"] },
        Guest { name: "toml", homes: &[] },
        Guest {
            name: "std::fs",
            homes: &[
                "main",
                "keeper",
                "glass",
                "kiosk",
                "tty",
                "commands",
                "refresh",
                "printer",
                "staff",
                "store",
                "log",
                "fetch/kept",
                "overrides",
            ],
        },
        Guest { name: "std::net", homes: &["fetch/wire", "fetch/allowed", "commands"] },
        Guest {
            name: "std::process",
            homes: &["main", "keeper", "glass", "commands", "refresh", "printer", "staff", "confine"],
        },
        Guest {
            name: "std::time::Instant",
            homes: &["keeper", "glass", "kiosk", "commands", "fetch/watch", "fetch/progress"],
        },
        Guest { name: "std::time::SystemTime", homes: &["keeper", "glass", "kiosk", "commands", "refresh"] },
    ],
};

#[test]
fn every_module_stands_on_its_floor() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(sources.iter().any(|source| source.path == "view/home.rs"), "the sources are not where they were");
    let faults = PORCHLIGHT.faults(&sources);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
