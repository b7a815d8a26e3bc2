//! A keyboard-only kiosk for recovery community centres.

pub mod decode;
pub mod tty;
