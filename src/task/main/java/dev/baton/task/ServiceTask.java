package dev.baton.task;

import dev.baton.json.Json;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task whose work an AWS service does: Step Functions calls the service and waits for it, with a role that can do no
/// more than this call. No code of the author's runs meanwhile, so nothing is paid for waiting.
///
/// The service is called at least once. It may be called again for the same run where a state fails between the
/// service's answer and the commit of the output; [References#token] is the same then.
public interface ServiceTask extends Task {

    /// The call. Its kind, what it may touch and the names of its arguments must not depend on the parameters; the
    /// arguments may. It reads nothing: what it names are references.
    ///
    /// @param references to what the task requires and where its output is
    ServiceCall call(References references);

    /// Writes the output of what the service answered, in the function of the task's class and with the task's own
    /// role. As it is, the answer is the output. A task that has a service write other objects looks here whether they
    /// are there.
    ///
    /// @param answer what Step Functions got from the service, a JSON object
    /// @throws DataInvalid when the answer is not what it has to be; never retried
    /// @throws Exception any other failure; retried as [Retries] says, without calling the service again
    default void answered(Map<String, @Nullable Object> answer, TaskRun run) throws Exception {
        if (isWrittenByService()) {
            return;
        }
        run.output().contentType("application/json").bytes(Json.bytes(answer));
    }

    /// Whether the service itself writes the object that is the output. Then nothing is written here: the task is
    /// complete with the version that is there when the service has answered, and fails where there is none or no new
    /// one.
    default boolean isWrittenByService() {
        return false;
    }

    /// Never called: the service runs.
    @Override
    default void run(TaskRun run) {
        throw new IllegalStateException("a service does the work of " + this);
    }
}
