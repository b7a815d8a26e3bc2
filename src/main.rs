//! The program: what the command line asks for, and nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    porchlight::commands::run(std::env::args_os())
}
