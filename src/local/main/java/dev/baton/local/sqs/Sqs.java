package dev.baton.local.sqs;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.local.http.Protocol;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// SQS: standard and FIFO queues with policies of their own, long polling, dead letters and their way back.
///
/// Messages are in memory, and under a folder on the disk as well. Encryption with keys of KMS is not here and is
/// refused. See the [API
/// reference](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html).
public final class Sqs {
    private final Queues queues;
    private final Service service;

    public Sqs(Foundation foundation) {
        queues = new Queues(foundation);
        var requests = new QueueRequests(queues);
        service = new JsonService(
                "sqs",
                Protocol.JSON_1_0,
                "AmazonSQS",
                foundation.authorizer(),
                ApiOperation.all(
                        new QueueActions(queues, requests).all(),
                        new SendActions(requests).all(),
                        new ReceiveActions(requests).all(),
                        new MoveActions(queues, requests).all()),
                queues::await,
                queues::close);
    }

    /// Takes up what the folder has, and keeps there what becomes of it.
    ///
    /// @param said is told LOC006 where the end of a file was torn
    public void keep(Path folder, Consumer<Diagnostic> said) throws IOException {
        queues.keep(folder, said);
    }

    /// The way by which other services send and receive.
    public Queues queues() {
        return queues;
    }

    /// The API on the wire.
    public Service service() {
        return service;
    }
}
