package dev.baton.engine.internal.map;

import java.util.AbstractList;
import java.util.List;

/// Items without batches: each is a batch of its own.
final class Singles extends AbstractList<Batching.Batch> {
    private final List<?> items;

    Singles(List<?> items) {
        this.items = items;
    }

    @Override
    public Batching.Batch get(int index) {
        return new Batching.Batch(items.get(index), 1);
    }

    @Override
    public int size() {
        return items.size();
    }
}
