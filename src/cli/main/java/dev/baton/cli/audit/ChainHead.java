package dev.baton.cli.audit;

/// The end of a chain of lines.
///
/// @param lines of evidence: neither header nor trailer counts
/// @param hash the SHA-256 of the last line of evidence, in 64 hexadecimal digits; of the header where there is none
public record ChainHead(long lines, String hash) {}
