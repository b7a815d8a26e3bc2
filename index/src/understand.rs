//! Words typed to a query. Pure: handed the moment and the place.
