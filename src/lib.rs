//! From keys to pixels and paper.

pub mod app;
pub mod ask;
pub mod crisis;
pub mod decode;
pub mod event;
pub mod glass;
pub mod keys;
pub mod kiosk;
pub mod layout;
pub mod locale;
pub mod page;
pub mod tell;
pub mod tty;
pub mod view;
