use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;

const MOST: u64 = 1 << 20;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

#[test]
fn only_what_was_asked_for_is_a_packing() {
    assert_eq!(Packing::read(""), Ok(Packing::Plain));
    assert_eq!(Packing::read("Identity"), Ok(Packing::Plain));
    assert_eq!(Packing::read(" GZIP "), Ok(Packing::Gzip));
    assert_eq!(Packing::read("br"), Ok(Packing::Brotli));
    assert_eq!(Packing::read("zstd"), Ok(Packing::Zstd));
    assert_eq!(Packing::read("gzip, gzip"), Err(Fault::Packing("gzip,gzip".to_owned())));
    assert!(Packing::read("compress\u{1b}[2J").is_err_and(|fault| !fault.to_string().contains('\u{1b}')));
}

#[test]
fn members_and_frames_one_after_another_are_one_body() {
    let both = [gzip(b"one "), gzip(b"two")].concat();
    assert_eq!(unpack(Packing::Gzip, &both[..], MOST).unwrap(), b"one two");
    // A skippable frame of three bytes stands between.
    let skippable = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 7, 7, 7];
    let both = [&zstd(b"one "), &skippable[..], &zstd(b"two")].concat();
    assert_eq!(unpack(Packing::Zstd, &both[..], MOST).unwrap(), b"one two");
    let short = [&zstd(b"one "), &skippable[..9]].concat();
    assert_eq!(unpack(Packing::Zstd, &short[..], MOST), Err(Fault::Damaged));
}

#[test]
fn checksums_are_compared() {
    for (packing, mut packed) in [(Packing::Gzip, gzip(b"[1, 2, 3]")), (Packing::Zstd, zstd(b"[1, 2, 3]"))] {
        // Gzip ends in the checksum and the length, zstd in the checksum.
        let at = packed.len() - if packing == Packing::Gzip { 8 } else { 4 };
        packed[at] ^= 1;
        assert_eq!(unpack(packing, &packed[..], MOST), Err(Fault::Damaged), "{packing:?}");
    }
}

#[test]
fn a_limit_is_a_limit_to_the_byte() {
    let bytes = vec![b'x'; 4096];
    for (packing, packed) in
        [(Packing::Plain, bytes.clone()), (Packing::Gzip, gzip(&bytes)), (Packing::Zstd, zstd(&bytes))]
    {
        assert_eq!(unpack(packing, &packed[..], 4096).unwrap(), bytes);
        let over = if packing == Packing::Plain { Fault::TooLarge } else { Fault::TooLargeUnpacked };
        assert_eq!(unpack(packing, &packed[..], 4095), Err(over(4095)));
    }
}

#[test]
fn a_window_of_a_gigabyte_is_refused() {
    // Two zstd bytes of head say it: a descriptor without a size, and a window of 2 to the 41st.
    let head = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 0x01, 0x00, 0x00];
    assert_eq!(unpack(Packing::Zstd, &head[..], MOST), Err(Fault::Damaged));
    let large = [0x11, 30, 0x03];
    assert_eq!(unpack(Packing::Brotli, &large[..], MOST), Err(Fault::Damaged));
}

proptest! {
    /// What is cut short anywhere is no whole body.
    #[test]
    fn a_body_that_is_cut_short_is_damaged(bytes in prop::collection::vec(any::<u8>(), 0..2000), cut in any::<prop::sample::Index>()) {
        for (packing, packed) in [(Packing::Gzip, gzip(&bytes)), (Packing::Zstd, zstd(&bytes))] {
            prop_assert_eq!(unpack(packing, &packed[..], MOST), Ok(bytes.clone()));
            let cut = cut.index(packed.len());
            prop_assert_eq!(unpack(packing, &packed[..cut], MOST), Err(Fault::Damaged));
        }
    }

    /// Whatever is said to be packed, unpacking ends, and gives no more than allowed.
    #[test]
    fn no_bytes_harm(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        for packing in [Packing::Gzip, Packing::Brotli, Packing::Zstd] {
            if let Ok(unpacked) = unpack(packing, &bytes[..], 1000) {
                prop_assert!(unpacked.len() <= 1000);
            }
        }
        let framed = [&[0x28, 0xb5, 0x2f, 0xfd][..], &bytes].concat();
        if let Ok(unpacked) = unpack(Packing::Zstd, &framed[..], 1000) {
            prop_assert!(unpacked.len() <= 1000);
        }
    }
}
