package dev.baton.asl;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state that runs one graph for each of many items. An absent field is null.
///
/// @param processor `ItemProcessor` or `Iterator`
/// @param spelledIterator whether the definition says `Iterator`, the older word
/// @param items JSONata: the array of items, or an object whose pairs are the items
/// @param itemsPath JSONPath: where the items are in the input
/// @param itemSelector what an iteration gets instead of the item; of old it was called `Parameters`, which is kept
///     in [DataFlow#parameters]
/// @param maxConcurrency `MaxConcurrency` or `MaxConcurrencyPath`; 0 means no bound
/// @param label the name of the Map Run of a distributed Map
public record MapState(
        @Nullable String comment,
        @Nullable QueryLanguage queryLanguage,
        ItemProcessor processor,
        boolean spelledIterator,
        @Nullable ItemReader itemReader,
        @Nullable PayloadTemplate items,
        @Nullable String itemsPath,
        @Nullable PayloadTemplate itemSelector,
        @Nullable ItemBatcher itemBatcher,
        @Nullable ResultWriter resultWriter,
        @Nullable Operand<Number> maxConcurrency,
        @Nullable Operand<Number> toleratedFailurePercentage,
        @Nullable Operand<Number> toleratedFailureCount,
        @Nullable String label,
        DataFlow data,
        List<Retrier> retry,
        List<Catcher> catchers,
        Transition transition,
        SequencedMap<String, @Nullable Object> unknown)
        implements State {

    public MapState {
        retry = List.copyOf(retry);
        catchers = List.copyOf(catchers);
        unknown = ImmutableCopies.of(unknown);
    }

    @Override
    public StateType type() {
        return StateType.MAP;
    }

    @Override
    public List<String> successors() {
        return transition.successors();
    }

    public boolean isDistributed() {
        return processor.isDistributed();
    }

    public static Builder builder(ItemProcessor processor) {
        return new Builder(processor);
    }

    /// Builds a [MapState].
    public static final class Builder extends RetryingStateBuilder<Builder> {
        private final ItemProcessor processor;
        private boolean spelledIterator;
        private @Nullable ItemReader itemReader;
        private @Nullable PayloadTemplate items;
        private @Nullable String itemsPath;
        private @Nullable PayloadTemplate itemSelector;
        private @Nullable ItemBatcher itemBatcher;
        private @Nullable ResultWriter resultWriter;
        private @Nullable Operand<Number> maxConcurrency;
        private @Nullable Operand<Number> toleratedFailurePercentage;
        private @Nullable Operand<Number> toleratedFailureCount;
        private @Nullable String label;

        private Builder(ItemProcessor processor) {
            this.processor = processor;
        }

        @Override
        Builder self() {
            return this;
        }

        public Builder spelledIterator(boolean spelledIterator) {
            this.spelledIterator = spelledIterator;
            return this;
        }

        public Builder itemReader(@Nullable ItemReader itemReader) {
            this.itemReader = itemReader;
            return this;
        }

        public Builder items(@Nullable PayloadTemplate items) {
            this.items = items;
            return this;
        }

        public Builder itemsPath(@Nullable String itemsPath) {
            this.itemsPath = itemsPath;
            return this;
        }

        public Builder itemSelector(@Nullable PayloadTemplate itemSelector) {
            this.itemSelector = itemSelector;
            return this;
        }

        public Builder itemBatcher(@Nullable ItemBatcher itemBatcher) {
            this.itemBatcher = itemBatcher;
            return this;
        }

        public Builder resultWriter(@Nullable ResultWriter resultWriter) {
            this.resultWriter = resultWriter;
            return this;
        }

        public Builder maxConcurrency(@Nullable Operand<Number> maxConcurrency) {
            this.maxConcurrency = maxConcurrency;
            return this;
        }

        public Builder toleratedFailurePercentage(@Nullable Operand<Number> percentage) {
            this.toleratedFailurePercentage = percentage;
            return this;
        }

        public Builder toleratedFailureCount(@Nullable Operand<Number> count) {
            this.toleratedFailureCount = count;
            return this;
        }

        public Builder label(@Nullable String label) {
            this.label = label;
            return this;
        }

        public MapState build() {
            return new MapState(
                    comment,
                    queryLanguage,
                    processor,
                    spelledIterator,
                    itemReader,
                    items,
                    itemsPath,
                    itemSelector,
                    itemBatcher,
                    resultWriter,
                    maxConcurrency,
                    toleratedFailurePercentage,
                    toleratedFailureCount,
                    label,
                    data(),
                    retry,
                    catchers,
                    transition,
                    unknown);
        }
    }
}
