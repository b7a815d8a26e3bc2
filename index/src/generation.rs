//! One built directory: a tantivy index that never changes once it stands. The only module that knows tantivy.
