package dev.baton.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An access of a task: what a task touches beyond its inputs and its output; `uses()` lists it, the policy of the
/// task's role is made of it.
public sealed interface Access {

    /// Reading objects under a prefix.
    ///
    /// @param prefix logical, ends in `/`: `s3://lake/reference/`
    record ReadObjects(String prefix) implements Access {
        public ReadObjects {
            requirePrefix(prefix);
        }
    }

    /// Listing the keys under a prefix.
    ///
    /// @param prefix logical, ends in `/`
    record ListObjects(String prefix) implements Access {
        public ListObjects {
            requirePrefix(prefix);
        }
    }

    /// Writing objects under a prefix.
    ///
    /// @param prefix logical, ends in `/`
    record WriteObjects(String prefix) implements Access {
        public WriteObjects {
            requirePrefix(prefix);
        }
    }

    /// Replacing what is under a prefix: writing objects and deleting them. Nothing else gives the right to delete.
    ///
    /// @param prefix logical, ends in `/`
    record ReplaceObjects(String prefix) implements Access {
        public ReplaceObjects {
            requirePrefix(prefix);
        }
    }

    /// Reading the current value of a secret in Secrets Manager.
    ///
    /// @param name its name, without the six characters that Secrets Manager appends to the ARN
    /// @param rotation when it is rotated; empty where that is nothing of the pipeline's
    record Secret(String name, Optional<RotationTerms> rotation) implements Access {
        public Secret {
            if (!name.matches("[A-Za-z0-9/_+=.@-]{1,512}")) {
                throw new IllegalArgumentException("no name of a secret: " + name);
            }
        }

        /// The same, rotated once a run when a task of the pipeline has completed. Every task that reads it says so
        /// (TSK117).
        public Secret rotateAfter(Class<? extends Record> task) {
            return new Secret(name, Optional.of(new RotationTerms(task, Optional.empty(), Optional.empty())));
        }

        /// The same, and for some time after it the version before may still be read by runs that began with it.
        ///
        /// @param grace whole seconds, one to 300 days (TSK118)
        public Secret rotateAfter(Class<? extends Record> task, Duration grace) {
            return new Secret(name, Optional.of(new RotationTerms(task, Optional.of(grace), Optional.empty())));
        }

        /// The same, where a function of Lambda does it, and not Secrets Manager by itself.
        ///
        /// @param function its name
        public Secret rotatedBy(String function) {
            var terms = rotation.orElseThrow(
                    () -> new IllegalStateException("say first when " + name + " is rotated: rotateAfter(…)"));
            return new Secret(
                    name, Optional.of(new RotationTerms(terms.after(), terms.grace(), Optional.of(function))));
        }
    }

    /// Items of a DynamoDB table.
    ///
    /// @param table its name
    /// @param operations such as `GetItem`, `PutItem`, `Query`
    /// @param partitionKeys the partition key values that may be touched; empty for all
    record TableItems(String table, List<String> operations, List<String> partitionKeys) implements Access {
        public TableItems {
            if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
                throw new IllegalArgumentException("no name of a table: " + table);
            }
            operations = List.copyOf(operations);
            partitionKeys = List.copyOf(partitionKeys);
        }
    }

    /// Anything else, as IAM names it.
    ///
    /// @param actions such as `glue:StartJobRun`; `*`, `iam:` and `sts:` are refused
    /// @param resources ARNs with `${partition}`, `${region}` and `${account}` for what the environment decides
    record Actions(List<String> actions, List<String> resources) implements Access {
        public Actions {
            actions = List.copyOf(actions);
            resources = resources.stream().map(Surroundings::canonical).toList();
        }
    }

    /// To read objects under a prefix, such as `s3://lake/reference/`; [#list] it besides to find them.
    static Access read(String prefix) {
        return new ReadObjects(prefix);
    }

    /// To list the keys under a prefix; what they hold takes [#read].
    static Access list(String prefix) {
        return new ListObjects(prefix);
    }

    /// To write objects under a prefix, and to delete none.
    static Access write(String prefix) {
        return new WriteObjects(prefix);
    }

    /// To write objects under a prefix and to delete them.
    static Access replace(String prefix) {
        return new ReplaceObjects(prefix);
    }

    /// To read a secret of Secrets Manager by its name, with [TaskRun#secret].
    static Secret secret(String name) {
        return new Secret(name, Optional.empty());
    }

    /// To do some operations, such as `GetItem`, on any item of a DynamoDB table.
    static Access items(String table, List<String> operations) {
        return new TableItems(table, operations, List.of());
    }

    /// To do some operations on the items of a DynamoDB table that have one of these partition keys, which are texts.
    static Access items(String table, List<String> operations, List<String> partitionKeys) {
        if (partitionKeys.isEmpty()) {
            throw new IllegalArgumentException(
                    "no partition key of " + table + " is named; leave the list out for all");
        }
        return new TableItems(table, operations, partitionKeys);
    }

    /// To do anything else that IAM knows; `*`, `iam:` and `sts:` are refused (CMP001). Each environment puts its own
    /// for `${partition}`, `${region}` and `${account}` in `arn:${partition}:sns:${region}:${account}:news`.
    static Access actions(List<String> actions, List<String> resources) {
        return new Actions(actions, resources);
    }

    private static void requirePrefix(String prefix) {
        if (!prefix.matches("s3://[a-z0-9][a-z0-9-]*/([^*?${}\\p{Cntrl}]*/)?")) {
            throw new IllegalArgumentException(
                    "an access names a prefix that ends in /, such as s3://lake/reference/, but was " + prefix);
        }
    }
}
