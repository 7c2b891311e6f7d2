package dev.baton.local.service;

import dev.baton.local.http.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way in which a service tells a long list: part by part, as many items as a request asks for, from where its
/// token says.
///
/// A token names the last item that was told. Items that come or go meanwhile move nothing; where that item itself is
/// gone, the list goes on with what follows it in the order of names, or, where it has another order, at its place.
///
/// @param size the request's member that says how many items are wanted
/// @param token the request's member with the token of the part before
/// @param next the answer's member with the token of the part to come
/// @param usual how many items there are where the request does not say
/// @param invalid what a token is refused with that is none
public record Pagination(String size, String token, String next, int usual, Supplier<AwsError> invalid) {

    /// A part of a list.
    ///
    /// @param next where the list goes on; null where this is its end
    public record Page<T>(List<T> items, @Nullable String next) {}

    /// @param name what each item is found again by
    public <T> Page<T> page(ApiInput input, List<T> all, Function<? super T, String> name) {
        var given = input.text(token);
        int from = given == null ? 0 : Place.parse(given, invalid).in(all, name);
        int asked = input.integer(size, usual);
        int to = (int) Math.min(all.size(), from + (asked <= 0 ? usual : (long) asked));
        var next = to < all.size() ? new Place(to, name.apply(all.get(to - 1))).token() : null;
        return new Page<>(all.subList(from, to), next);
    }

    /// The page as the answer of an operation.
    ///
    /// @param list the answer's member with the items
    /// @param shown an item as the answer has it
    public <T> Map<String, @Nullable Object> answer(
            ApiInput input, String list, List<T> all, Function<? super T, String> name, Function<? super T, ?> shown) {
        var page = page(input, all, name);
        return new JsonAnswer()
                .put(list, page.items().stream().map(shown).toList())
                .putIf(next, page.next())
                .map();
    }

    /// The place at which a list goes on.
    ///
    /// @param told how many items were told before
    /// @param last the name of the last of them
    private record Place(int told, String last) {

        static Place parse(String token, Supplier<AwsError> invalid) {
            try {
                var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                if (colon > 0) {
                    return new Place(Integer.parseUnsignedInt(text.substring(0, colon)), text.substring(colon + 1));
                }
            } catch (IllegalArgumentException e) {
                // no token of ours
            }
            throw invalid.get();
        }

        String token() {
            var text = told + ":" + last;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        <T> int in(List<T> all, Function<? super T, String> name) {
            if (told > 0 && told <= all.size() && name.apply(all.get(told - 1)).equals(last)) {
                return told;
            }
            var names = all.stream().map(name).toList();
            int at = names.indexOf(last);
            if (at >= 0) {
                return at + 1;
            }
            var isInOrder = names.equals(names.stream().sorted().toList());
            return isInOrder
                    ? (int) names.stream()
                            .filter(each -> each.compareTo(last) < 0)
                            .count()
                    : Math.min(told, all.size());
        }
    }
}
