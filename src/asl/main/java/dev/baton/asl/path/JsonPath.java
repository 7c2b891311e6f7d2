package dev.baton.asl.path;

import java.util.List;

/// A path into the input, the context object or a variable.
///
/// @param text as written
/// @param root where it starts
/// @param segments how it goes on
public record JsonPath(String text, Root root, List<Segment> segments) implements PathExpression {

    public JsonPath {
        segments = List.copyOf(segments);
    }

    /// The start of a path.
    public sealed interface Root {
        /// `$`: the input, or what else the field says `$` is.
        record Input() implements Root {}

        /// `$$`: the context object.
        record Context() implements Root {}

        /// `$name`: a variable.
        record Variable(String name) implements Root {}

        /// `@`, in filters: the element that is looked at.
        record Current() implements Root {}
    }

    /// One step of a path.
    public sealed interface Segment {
        /// `.name` or `['name']`: a field of an object.
        record Field(String name) implements Segment {}

        /// `['a','b']`: several fields of an object; gives an object of those.
        record Fields(List<String> names) implements Segment {
            public Fields {
                names = List.copyOf(names);
            }
        }

        /// `[0]`: an element of an array. The service takes `[-1]` too, but it leads nowhere.
        record Index(int index) implements Segment {}

        /// `[(@.length-1)]`: an element of an array, counted from its end, the last being 1.
        record FromEnd(int places) implements Segment {}

        /// `[0,2]`: several elements of an array.
        record Indexes(List<Integer> indexes) implements Segment {
            public Indexes {
                indexes = List.copyOf(indexes);
            }
        }

        /// `[from:to]`, each end optional.
        ///
        /// @param from the first element, or [#OPEN]
        /// @param to the first element no more, or [#OPEN]
        record Slice(int from, int to) implements Segment {
            /// An end that is not written.
            public static final int OPEN = Integer.MIN_VALUE;
        }

        /// `.*` or `[*]`: all fields or elements.
        record Wildcard() implements Segment {}

        /// `..`: the value and everything in it, at every depth; `next` is then applied to each.
        record Descendants(Segment next) implements Segment {}

        /// `[?(…)]`: the elements for which the filter holds.
        record Filtered(Filter filter) implements Segment {}
    }

    /// Whether the path leads to exactly one place, so that it gives a value and not an array of those found.
    public boolean isDefinite() {
        return segments.stream().allMatch(segment -> switch (segment) {
            case Segment.Field field -> true;
            case Segment.Index index -> true;
            case Segment.FromEnd end -> true;
            case Segment.Fields fields -> true;
            case Segment.Indexes indexes -> false;
            case Segment.Slice slice -> false;
            case Segment.Wildcard wildcard -> false;
            case Segment.Descendants descendants -> false;
            case Segment.Filtered filtered -> false;
        });
    }

    /// Reads a path; blanks around it are none of it.
    ///
    /// @throws PathSyntaxException when the service would refuse it
    public static JsonPath parse(String text) {
        return new PathParser(text.strip()).wholePath();
    }
}
