package dev.baton.cli.lineage;

import dev.baton.run.PinnedObject;
import org.jspecify.annotations.Nullable;

/// A node of a lineage: one version of one object, and where it comes from.
public sealed interface LineageNode {
    /// What it is about.
    DatasetVersion dataset();

    /// The word for its kind in JSON.
    String kind();

    /// What a task made.
    record Made(Derivation derivation) implements LineageNode {
        @Override
        public DatasetVersion dataset() {
            return DatasetVersion.of(derivation.output());
        }

        @Override
        public String kind() {
            return "made";
        }
    }

    /// What came from outside: no task that is known here makes it.
    ///
    /// @param object null where nobody recorded more than its names
    record Upload(DatasetVersion dataset, @Nullable PinnedObject object) implements LineageNode {
        @Override
        public String kind() {
            return "upload";
        }
    }

    /// What a task should have made, and no record says that it did: another hand wrote it, or its record is gone.
    record Unrecorded(DatasetVersion dataset) implements LineageNode {
        @Override
        public String kind() {
            return "unrecorded";
        }
    }
}
