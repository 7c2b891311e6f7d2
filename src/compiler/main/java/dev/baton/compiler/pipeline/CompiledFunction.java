package dev.baton.compiler.pipeline;

import dev.baton.run.Await;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A Lambda function to be created, with a version for each deployment.
///
/// @param name such as `baton-weather-CleanObservations`
/// @param kind which handler it runs
/// @param taskClass whose tasks it runs; empty unless it runs tasks
/// @param role the name of its execution role
/// @param versionPlaceholder what stands in definitions for its version: `CleanObservationsVersion` for
///     `${CleanObservationsVersion}`
/// @param environment variables in the order of their names, with `${…}`
/// @param timeoutSeconds 1 to 900
/// @param resultsTo the ARN, with `${…}`, of the function version that Lambda tells how asynchronous invocations of
///     this function's version ended, well or not (destinations `OnSuccess` and `OnFailure`), each after its only
///     attempt (`MaximumRetryAttempts` 0, `MaximumEventAgeInSeconds` [#MAX_EVENT_AGE_SECONDS]); empty where nobody
///     invokes it asynchronously
/// @param governed whether it asks the policies about people, for which its package has Cedar besides
public record CompiledFunction(
        String name,
        Kind kind,
        Optional<Class<? extends Record>> taskClass,
        String role,
        String versionPlaceholder,
        SequencedMap<String, String> environment,
        int memoryMegabytes,
        int timeoutSeconds,
        Optional<String> resultsTo,
        boolean governed) {
    /// The longest time that an asynchronous invocation may wait in Lambda's queue.
    public static final int MAX_EVENT_AGE_SECONDS = Await.MAX_QUEUED_SECONDS;

    private static final String GOVERNED_START = "dev.baton.lambda.people.GovernedStartFunction";

    public CompiledFunction {
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }

    /// The purpose of a function.
    public enum Kind {
        /// Runs the tasks of one class, under the role of that class.
        TASK("dev.baton.lambda.TaskFunction"),
        /// The first state: fixes what a run reads.
        PIN("dev.baton.lambda.PinFunction"),
        /// Starts executions when objects appear.
        START("dev.baton.lambda.StartFunction"),
        /// Registers awaits, and begins at once what need not wait.
        AWAIT("dev.baton.lambda.AwaitFunction"),
        /// Releases awaits.
        CALLBACK("dev.baton.lambda.CallbackFunction"),
        /// Keeps what waits for an approval, and takes decisions about it.
        APPROVAL("dev.baton.lambda.people.ApprovalFunction"),
        /// Grants people rights for a while.
        ACCESS("dev.baton.lambda.people.AccessFunction");

        private final String handler;

        Kind(String handler) {
            this.handler = handler;
        }

        /// The class of the handler, where no policies about people hold.
        public String handler() {
            return handler;
        }

        /// Whether it is there only where policies about people hold.
        public boolean isOfPeople() {
            return this == APPROVAL || this == ACCESS;
        }

        /// Whether it asks for the checks that an environment demands: of every execution its first state does, and the
        /// start function does before it starts one.
        public boolean asksForChecks() {
            return this == PIN || this == START;
        }
    }

    /// The class of its handler.
    public String handler() {
        return governed && kind == Kind.START ? GOVERNED_START : kind.handler();
    }

    /// What else stands for it in messages.
    @Override
    public String toString() {
        return name;
    }

    /// The environment with everything replaced.
    public Map<String, String> environment(Substitutions substitutions) {
        var replaced = new LinkedHashMap<String, String>();
        environment.forEach((name, value) -> replaced.put(name, substitutions.in(value)));
        return replaced;
    }
}
