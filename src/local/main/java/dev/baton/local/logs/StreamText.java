package dev.baton.local.logs;

import java.io.IOException;

/// The text of a stream, line after line: a file, or memory where nothing is kept.
sealed interface StreamText permits FileText, MemoryText {

    /// Where it ends.
    long end() throws IOException;

    /// Where what is still there begins.
    long start();

    /// Adds whole lines. They outlive the process.
    ///
    /// @param forced whether they are on the disk before this returns
    void append(byte[] lines, boolean forced) throws IOException;

    /// A part of it; shorter where it is not there any more.
    byte[] read(long from, int length) throws IOException;

    /// Takes away all that it has.
    void clear() throws IOException;

    void delete() throws IOException;
}
