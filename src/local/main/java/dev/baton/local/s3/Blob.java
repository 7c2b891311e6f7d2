package dev.baton.local.s3;

/// Bytes that were stored and never change: an object's, or a part's.
sealed interface Blob {
    long length();

    /// On the heap.
    record InMemory(byte[] bytes) implements Blob {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    /// In a file whose name says nothing about the object's key.
    record InFile(String id, long length) implements Blob {}
}
