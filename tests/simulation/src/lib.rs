//! A simulation of Terraform over an AWS in the process, in the way of [Sieve](https://github.com/sieve-project/sieve) and
//! [FoundationDB](https://apple.github.io/foundationdb/testing.html): whole histories of applies, destroys, changes by people
//! and faults, after each step of which [invariants] must hold.
//!
//! A [`History`] says what happens, and playing it is a pure function of it: one thread, virtual time, chance from a seed, ids
//! that are counted. So whatever fails once fails again.
//!
//! ```sh
//! cargo test -p landform-simulation                                   # 500 seeds, and every call goes wrong once
//! LANDFORM_SEED=1234 cargo test -p landform-simulation --test seeds   # one seed, as the report of a failure says
//! LANDFORM_SEEDS=10000 cargo test -p landform-simulation --test seeds # more of them
//! LANDFORM_EVERY_CALL=full cargo test -p landform-simulation --test every_call
//! ```
//!
//! A failure is reported with the invariant that does not hold, what contradicts it, and the shortest history that shows it.
//!
//! **What is simulated:** Terraform's sequence of calls with tainted and deposed objects and a state that is lost; `kill -9` at
//! any write; calls that fail before or after they are executed; reads that lag behind writes; throttling; quotas; client
//! tokens that live for a day; NAT gateways that take time or fail; people who delete, change, strip tags and add what is
//! theirs; networks of others, one of them a twin in another stack.
//!
//! **What is not:** two Terraforms at once; a state that is saved in part between the two halves of a replacement; the SDK,
//! whose own repetitions the end-to-end tests cover; what AWS decides
//! about packets.
//!
//! Everything above [`Subject`] knows nothing of networks. Another resource is another subject, in one file or folder.

mod every_call;
mod evidence;
mod generate;
mod history;
pub mod invariants;
mod many;
mod run;
mod shape;
mod shrink;
mod site;
mod subject;
mod vpc;

pub use every_call::{Extent, one_call_goes_wrong};
pub use evidence::{Again, Evidence, Outcome, Wanted};
pub use history::{Action, History, Move, Trouble};
pub use many::{play_all, seeds};
pub use run::{Failure, Played, Simulation};
pub use shape::model_of;
pub use shrink::shrink;
pub use subject::{Changed, Configuration, Object, Part, Subject, Undo};
pub use vpc::Networks;
