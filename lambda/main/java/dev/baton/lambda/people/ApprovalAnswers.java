package dev.baton.lambda.people;

import dev.baton.run.ApprovalRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/// Answers to states that wait for an approval. Where none waits with a token any more, its time is over, or its
/// execution's: then there is nobody to answer.
record ApprovalAnswers(SfnClient sfn) {
    /// The error of a state whose approval was refused.
    static final String REJECTED = "ApprovalRejected";

    /// The error of a state whose approval was about something else than there is now.
    static final String VOID = "ApprovalVoid";

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalAnswers.class);

    boolean waits(String token) {
        try {
            sfn.sendTaskHeartbeat(request -> request.taskToken(token));
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            return false;
        }
    }

    void goOn(String token) {
        try {
            sfn.sendTaskSuccess(request -> request.taskToken(token).output("{}"));
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            LOG.atInfo().log("no state waits for the approval any more");
        }
    }

    /// Tells how an approval ended. That nobody said anything in time, the state knows itself.
    void tell(String token, ApprovalRecord.End end) {
        switch (end.outcome()) {
            case APPROVED -> goOn(token);
            case REJECTED -> fail(token, REJECTED, end.why());
            case VOID -> fail(token, VOID, end.why());
            case EXPIRED -> {}
        }
    }

    private void fail(String token, String error, String cause) {
        try {
            sfn.sendTaskFailure(request -> request.taskToken(token).error(error).cause(cause));
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            LOG.atInfo().log("no state waits for the approval any more");
        }
    }
}
