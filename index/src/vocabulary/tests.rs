use super::*;

#[test]
fn what_is_compiled_in_can_be_read() {
    if let Err(faults) = Vocabulary::read(&BUILTIN) {
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"));
    }
}
