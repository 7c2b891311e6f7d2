package dev.baton.asl.path;

/// A path that can lead to one place only, so that a value can also be put there: fields and indexes, nothing else.
///
/// @param path whose segments are [JsonPath.Segment.Field] and [JsonPath.Segment.Index]
public record ReferencePath(JsonPath path) {

    public ReferencePath {
        for (var segment : path.segments()) {
            switch (segment) {
                case JsonPath.Segment.Field field -> {
                    if (field.name().endsWith("()")) {
                        throw new PathSyntaxException("a reference path has no functions", 0);
                    }
                }
                case JsonPath.Segment.Index index -> {}
                case JsonPath.Segment.FromEnd end -> throw noReference();
                case JsonPath.Segment.Fields fields -> throw noReference();
                case JsonPath.Segment.Indexes indexes -> throw noReference();
                case JsonPath.Segment.Slice slice -> throw noReference();
                case JsonPath.Segment.Wildcard wildcard -> throw noReference();
                case JsonPath.Segment.Descendants descendants -> throw noReference();
                case JsonPath.Segment.Filtered filtered -> throw noReference();
            }
        }
    }

    private static PathSyntaxException noReference() {
        return new PathSyntaxException("a reference path has only fields and indexes", 0);
    }

    /// Reads a reference path.
    ///
    /// @throws PathSyntaxException when it is not a path, or one that may lead to several places
    public static ReferencePath parse(String text) {
        return new ReferencePath(JsonPath.parse(text));
    }
}
