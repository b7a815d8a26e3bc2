//! Meeting Guide JSON.
