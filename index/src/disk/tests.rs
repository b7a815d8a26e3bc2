//! What is made is there. What has reached the disk is seen from outside, by the test of power cuts of `porchlight`.

use super::*;

#[test]
fn all_that_are_missing_are_made_and_what_is_there_stays() {
    let home = tempfile::tempdir().unwrap();
    let deep = home.path().join("data/editions/deep");
    for _ in 0..2 {
        make_folder(&deep).unwrap();
        assert!(deep.is_dir());
        fs::write(deep.join("file"), "text").unwrap();
    }
    for there in ["", "/", "."] {
        make_folder(Path::new(there)).unwrap();
    }
    make_folder(home.path()).unwrap();
    write_through(home.path()).unwrap();
    assert_eq!(fs::read(deep.join("file")).unwrap(), b"text");
}

#[test]
fn what_has_the_name_and_is_no_folder_is_a_fault_and_stays() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("data");
    fs::write(&file, "text").unwrap();
    assert_eq!(make_folder(&file).unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(make_folder(&file.join("editions")).unwrap_err().kind(), ErrorKind::NotADirectory);
    assert_eq!(fs::read(file).unwrap(), b"text");
    #[cfg(unix)]
    {
        let link = home.path().join("link");
        std::os::unix::fs::symlink(home.path().join("elsewhere"), &link).unwrap();
        assert!(make_folder(&link).is_err());
        fs::create_dir(home.path().join("elsewhere")).unwrap();
        make_folder(&link.join("editions")).unwrap();
        assert!(home.path().join("elsewhere/editions").is_dir());
    }
}
