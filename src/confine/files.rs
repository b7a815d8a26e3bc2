//! Landlock: reading beneath one folder, and nothing else that has a name.

use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, LandlockStatus, RestrictionStatus, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};

use super::Bound;

/// The newest rights that the crate knows. What the kernel lacks of them is left out.
const ASKED: ABI = ABI::V10;

/// Binds this thread, and those it will start, to reading beneath `folders`.
pub(super) fn bind(folders: &[&Path]) -> Bound {
    let status = match try_bind(folders) {
        Ok(status) => status,
        Err(fault) => return Bound::None(fault.to_string()),
    };
    match (status.ruleset, status.landlock) {
        (RulesetStatus::FullyEnforced, _) => Bound::Whole,
        (_, LandlockStatus::NotImplemented) => Bound::None("this kernel was built without Landlock".to_owned()),
        (_, LandlockStatus::NotEnabled) => {
            Bound::None("Landlock is switched off; add `landlock` to the kernel's list `lsm=`".to_owned())
        }
        (RulesetStatus::NotEnforced, LandlockStatus::Available { .. }) => {
            Bound::None("this kernel refused it".to_owned())
        }
        (_, LandlockStatus::Available { effective_abi, .. }) => {
            Bound::Part(format!("version {} of {}", effective_abi as i32, ASKED as i32))
        }
    }
}

fn try_bind(folders: &[&Path]) -> Result<RestrictionStatus, RulesetError> {
    let reading: BitFlags<AccessFs> = AccessFs::ReadFile | AccessFs::ReadDir;
    let ruleset = Ruleset::default()
        .handle_access(AccessFs::from_all(ASKED))?
        .handle_access(AccessNet::from_all(ASKED))?
        // Nobody outside gets a signal from us.
        .scope(Scope::from_all(ASKED))?
        .create()?
        // A folder that is not there needs no rule.
        .add_rules(path_beneath_rules(folders, reading))?;
    ruleset.restrict_self()
}
