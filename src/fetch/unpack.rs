//! Bodies as they were before the server packed them, never more than so many bytes of them. A bomb ends at the limit,
//! and a body that is cut short or damaged is a fault, never half a feed.

use std::io::{self, BufRead, BufReader, Read};

use brotli_decompressor::Decompressor;
use flate2::read::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::fault::Fault;

const CHUNK: usize = 64 * 1024;
/// So far back a zstd stream may refer. Servers may go to 8 MiB (RFC 9659); some go further.
const ZSTD_WINDOW: u64 = 32 * 1024 * 1024;

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Brotli,
    Zstd,
}

impl Packing {
    /// Reads `Content-Encoding`. Packed twice is a way that nobody asked for.
    pub(super) fn read(named: &str) -> Result<Self, Fault> {
        match named.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Ok(Self::Plain),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            "br" => Ok(Self::Brotli),
            "zstd" => Ok(Self::Zstd),
            _ => Err(Self::unknown(named)),
        }
    }

    /// The fault of a packing that nobody asked for.
    pub(super) fn unknown(named: &str) -> Fault {
        Fault::Packing(named.chars().filter(char::is_ascii_graphic).take(40).collect())
    }
}

/// All of a body, unpacked. A fault of `body` itself is whatever `body` notes about it; here it is only an end.
///
/// # Errors
/// When it is damaged, or more than `most`.
pub(super) fn unpack(packing: Packing, body: impl Read, most: u64) -> Result<Vec<u8>, Fault> {
    match packing {
        Packing::Plain => all(body, most, Fault::TooLarge),
        Packing::Gzip => all(MultiGzDecoder::new(body), most, Fault::TooLargeUnpacked),
        Packing::Brotli => {
            let mut body = BufReader::with_capacity(CHUNK, body);
            // This sign stands for windows of up to a gigabyte, which are no part of the web's brotli.
            let is_large = |first: &u8| first & 0x7f == 0x11;
            if body.fill_buf().map_err(|_| Fault::Damaged)?.first().is_some_and(is_large) {
                return Err(Fault::Damaged);
            }
            all(Decompressor::new(body, CHUNK), most, Fault::TooLargeUnpacked)
        }
        Packing::Zstd => all(Zstd::new(body), most, Fault::TooLargeUnpacked),
    }
}

fn all(mut body: impl Read, most: u64, too_large: fn(u64) -> Fault) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        match body.read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(read) if (bytes.len() + read) as u64 > most => return Err(too_large(most)),
            Ok(read) => {
                make_room(&mut bytes, read, most)?;
                bytes.extend_from_slice(&chunk[..read]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(Fault::Damaged),
        }
    }
}

/// Makes room for so many bytes more: twice what there is, but not for more than may come. Where the machine has none,
/// that costs this feed alone.
fn make_room(bytes: &mut Vec<u8>, more: usize, most: u64) -> Result<(), Fault> {
    if bytes.capacity() - bytes.len() >= more {
        return Ok(());
    }
    let left = usize::try_from(most).unwrap_or(usize::MAX).saturating_sub(bytes.len());
    let room = bytes.capacity().min(left).max(more);
    bytes.try_reserve_exact(room).map_err(|_| Fault::Machine("there is not enough memory for it".to_owned()))
}

/// A zstd stream: frames one after another, skippable ones between, checksums compared.
struct Zstd<R: Read> {
    packed: BufReader<R>,
    decoder: FrameDecoder,
    /// Whether the decoder is in a frame.
    inside: bool,
    /// Whether there was a frame: a stream of none is cut short.
    any: bool,
}

impl<R: Read> Zstd<R> {
    fn new(packed: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(ZSTD_WINDOW);
        Self { packed: BufReader::with_capacity(CHUNK, packed), decoder, inside: false, any: false }
    }

    /// Goes into the next frame. `false` when there is none.
    fn enter(&mut self) -> io::Result<bool> {
        loop {
            if self.packed.fill_buf()?.is_empty() {
                return if self.any { Ok(false) } else { Err(damaged()) };
            }
            match self.decoder.reset(&mut self.packed) {
                Ok(()) => {
                    (self.inside, self.any) = (true, true);
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let length = u64::from(length);
                    let skipped = io::copy(&mut self.packed.by_ref().take(length), &mut io::sink())?;
                    if skipped < length {
                        return Err(damaged());
                    }
                }
                Err(_) => return Err(damaged()),
            }
        }
    }

    fn leave(&mut self) -> io::Result<()> {
        self.inside = false;
        let said = self.decoder.get_checksum_from_data();
        if said.is_some() && said != self.decoder.get_calculated_checksum() { Err(damaged()) } else { Ok(()) }
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.inside && !self.enter()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.packed, one).map_err(|_| damaged())?;
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            self.leave()?;
        }
    }
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests;
