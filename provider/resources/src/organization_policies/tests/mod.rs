//! What decisions come to.

mod decide;
