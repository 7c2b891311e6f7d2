package dev.baton.lambda.internal.await;

import dev.baton.run.InvocationEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/// Answers states that wait by task token.
final class TaskTokenAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTokenAnswers.class);

    private final SfnClient sfn;

    TaskTokenAnswers(SfnClient sfn) {
        this.sfn = sfn;
    }

    /// Whether a state still waits with a token, rather than that it waits anew, or its execution is over.
    boolean waits(String token) {
        try {
            sfn.sendTaskHeartbeat(request -> request.taskToken(token));
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            return false;
        }
    }

    /// @return whether this call did it; a token that is spent was answered before, or its execution is over
    boolean answer(String awaiter, String token, InvocationEnd ending) {
        try {
            switch (ending) {
                case InvocationEnd.Succeeded succeeded ->
                    sfn.sendTaskSuccess(request -> request.taskToken(token).output(succeeded.output()));
                case InvocationEnd.Failed failed ->
                    sfn.sendTaskFailure(request ->
                            request.taskToken(token).error(failed.error()).cause(failed.cause()));
            }
            LOG.atInfo().addKeyValue("awaiter", awaiter).log("released");
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            LOG.atDebug().addKeyValue("awaiter", awaiter).log("was released before");
            return false;
        }
    }
}
