package dev.baton.cli.follow;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// The places of events in the graph, where the events of one history belong: in which state, and in which item of
/// which Map. An event names the one before it; the items of a Map are in the same states side by side, so that a
/// state's name alone does not tell them apart.
final class EventPlaces {
    private final Map<Long, Place> places = new HashMap<>();
    /// By the event that says how many items a Map has.
    private final Map<Long, Integer> lengths = new HashMap<>();

    /// An item of a Map.
    ///
    /// @param around the item of an outer Map that it is in
    /// @param map the name of the Map's state
    /// @param of how many items there are
    record Item(@Nullable Item around, String map, int index, int of) {}

    /// @param state empty before the first
    /// @param item null outside of every Map
    record Place(String state, @Nullable Item item) {
        /// The number of items of its Map; 0 where it is in none.
        int items() {
            return item == null ? 0 : item.of();
        }
    }

    /// The place of the next event.
    Place of(HistoryEvent event) {
        var before = places.getOrDefault(event.previousEventId(), new Place("", null));
        var place = switch (event.typeAsString()) {
            case "MapStateStarted" -> {
                lengths.put(event.id(), event.mapStateStartedEventDetails().length());
                yield before;
            }
            case "MapIterationStarted" -> {
                var details = event.mapIterationStartedEventDetails();
                var of = lengths.getOrDefault(event.previousEventId(), 0);
                yield new Place("", new Item(before.item(), details.name(), details.index(), of));
            }
            case "MapIterationSucceeded", "MapIterationFailed", "MapIterationAborted" ->
                before.item() == null
                        ? before
                        : new Place(before.item().map(), before.item().around());
            default ->
                event.stateEnteredEventDetails() == null
                        ? before
                        : new Place(event.stateEnteredEventDetails().name(), before.item());
        };
        places.put(event.id(), place);
        return place;
    }
}
