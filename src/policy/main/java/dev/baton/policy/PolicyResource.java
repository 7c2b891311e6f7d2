package dev.baton.policy;

/// What something is asked for.
public sealed interface PolicyResource {

    /// Of which pipeline it is; empty where it is of none.
    String pipeline();

    /// The name that follows its type in policies.
    String id();

    /// A pipeline: `Baton::Pipeline::"weather"`.
    record OfPipeline(String pipeline) implements PolicyResource {
        @Override
        public String id() {
            return pipeline;
        }
    }

    /// A task of a pipeline: `Baton::Task::"weather/CleanObservations"`.
    ///
    /// @param task the simple name of its class
    record OfTask(String pipeline, String task) implements PolicyResource {
        @Override
        public String id() {
            return pipeline + "/" + task;
        }
    }

    /// An environment, for what is about all pipelines in it: `Baton::Environment::"prod"`.
    record OfEnvironment(String environment) implements PolicyResource {
        @Override
        public String pipeline() {
            return "";
        }

        @Override
        public String id() {
            return environment;
        }
    }
}
