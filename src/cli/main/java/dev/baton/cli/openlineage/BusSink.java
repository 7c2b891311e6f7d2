package dev.baton.cli.openlineage;

import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientUtils;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/// A bus of EventBridge, on which rules send the events on.
public final class BusSink implements LineageSink {
    /// What a request takes: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
    private static final int ENTRIES = 10;

    private static final int BYTES = 256 * 1_024;
    /// Of an entry beside its texts: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
    private static final int OF_TIME = 14;

    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final String TYPE = "OpenLineage RunEvent";

    private final EventBridgeClient events;
    private final String bus;
    private final String source;
    private final List<PutEventsRequestEntry> open = new ArrayList<>();
    private final Duration firstPause;
    private int bytes;

    /// @param bus its name or ARN
    /// @param source of the events, which rules ask for
    public BusSink(EventBridgeClient events, String bus, String source) {
        this(events, bus, source, FIRST_PAUSE);
    }

    /// @param firstPause before what was not taken is sent again; each later one is twice as long
    BusSink(EventBridgeClient events, String bus, String source, Duration firstPause) {
        this.events = events;
        this.firstPause = firstPause;
        this.bus = bus;
        this.source = source;
    }

    @Override
    public void emit(RunEvent event) throws InterruptedException {
        var detail = OpenLineageClientUtils.toJson(event);
        var size = OF_TIME + source.length() + TYPE.length() + detail.getBytes(StandardCharsets.UTF_8).length;
        if (size > BYTES) {
            throw OpenLineageFindings.tooLarge(event.getJob().getName(), size, BYTES);
        }
        if (open.size() == ENTRIES || bytes + size > BYTES) {
            flush();
        }
        bytes += size;
        open.add(PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(source)
                .detailType(TYPE)
                .time(Optional.ofNullable(event.getEventTime())
                        .map(time -> time.toInstant())
                        .orElseGet(Instant::now))
                .detail(detail)
                .build());
    }

    @Override
    public void flush() throws InterruptedException {
        var pause = firstPause;
        for (var attempt = 1; !open.isEmpty(); attempt++) {
            var entries = List.copyOf(open);
            var results = events.putEvents(request -> request.entries(entries)).entries();
            open.clear();
            PutEventsResultEntry refused = null;
            for (var i = 0; i < results.size(); i++) {
                if (results.get(i).errorCode() != null) {
                    refused = results.get(i);
                    open.add(entries.get(i));
                }
            }
            if (refused != null && attempt == ATTEMPTS) {
                throw OpenLineageFindings.refusedByBus(bus, refused.errorCode(), refused.errorMessage());
            }
            if (refused != null) {
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
        bytes = 0;
    }

    @Override
    public void close() {
        // The client is somebody else's.
    }
}
