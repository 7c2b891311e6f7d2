package dev.baton.diagnostic;

/// The place of a finding.
public sealed interface Location {

    /// A place that has a name but no text, such as `weather/CleanObservations` or an S3 URI.
    record Named(String name) implements Location {
        @Override
        public String toString() {
            return name;
        }
    }

    /// A place in a text.
    ///
    /// @param source the file or another name of the text
    /// @param line counted from 1
    /// @param column counted from 1, in UTF-16 units
    /// @param pointer the place as a JSON Pointer (RFC 6901), empty for the whole text or a text that is not JSON
    record InText(String source, int line, int column, String pointer) implements Location {
        @Override
        public String toString() {
            var place = source + ":" + line + ":" + column;
            return pointer.isEmpty() ? place : place + " " + pointer;
        }
    }

    static Location named(String name) {
        return new Named(name);
    }
}
