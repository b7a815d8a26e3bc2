//! From harvests to one directory: records ordered by id, no twins.
