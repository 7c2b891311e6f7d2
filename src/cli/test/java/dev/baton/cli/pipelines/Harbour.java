package dev.baton.cli.pipelines;

import dev.baton.local.events.Connections;
import dev.baton.local.http.Account;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Timeout;
import dev.baton.task.service.HttpCall;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import dev.baton.task.service.SsmAutomation;
import dev.baton.task.service.SsmGetParameter;
import dev.baton.task.service.SsmPutParameter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Services do all the work: an API gives leave, a runbook finds a berth, and a parameter says who is there.
public final class Harbour {
    /// As the laptop has it.
    public static final String CONNECTION = "leave/" + Connections.id(new Account("000000000000", "us-east-1"), "leave");

    private Harbour() {}

    /// An upload.
    @Intent("Which ship arrives")
    public record Ship(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/ships/{year}.txt", this);
        }
    }

    /// What the tasks have in common.
    public sealed interface InHarbour extends ServiceTask {
        int year();

        @Override
        default Target output() {
            return S3Target.at("s3://lake/" + getClass().getSimpleName().toLowerCase() + "/{year}.json", this);
        }
    }

    /// By an API.
    @Intent("Leave to enter")
    @Retries(value = 2, intervalSeconds = 1)
    public record Leave(int year) implements InHarbour {
        private Ship ship() {
            return new Ship(year);
        }

        @Override
        public List<Ship> requires() {
            return List.of(ship());
        }

        @Override
        public ServiceCall call(References references) {
            return new HttpCall(
                    "POST",
                    "api.harbour.example",
                    "/leave/" + year,
                    CONNECTION,
                    Map.of("Idempotency-Key", references.token()),
                    Map.of(),
                    Optional.of(Map.of("ship", references.input(ship()).uri())));
        }
    }

    /// By a runbook.
    @Intent("Where the ship lies")
    @Timeout(seconds = 60)
    public record Berth(int year) implements InHarbour {
        @Override
        public List<Leave> requires() {
            return List.of(new Leave(year));
        }

        @Override
        public ServiceCall call(References references) {
            return new SsmAutomation(
                    "FindBerth", "harbour/pilot", Map.of("Year", List.of("" + year)), references.token());
        }
    }

    /// In Parameter Store.
    @Intent("Everybody may know who is there")
    public record Notice(int year) implements InHarbour {
        @Override
        public List<Berth> requires() {
            return List.of(new Berth(year));
        }

        @Override
        public ServiceCall call(References references) {
            return new SsmPutParameter("/harbour/there", "the ship of " + year);
        }
    }

    /// From Parameter Store.
    @Intent("Who everybody thinks is there")
    public record Rumour(int year) implements InHarbour {
        @Override
        public List<Notice> requires() {
            return List.of(new Notice(year));
        }

        @Override
        public ServiceCall call(References references) {
            return new SsmGetParameter("/harbour/there");
        }
    }

    /// Written by a runbook itself.
    @Intent("What the harbour master wrote down")
    @Timeout(seconds = 60)
    public record Logbook(int year) implements ServiceTask {
        private Ship ship() {
            return new Ship(year);
        }

        @Override
        public List<Ship> requires() {
            return List.of(ship());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/logbook/{year}.txt", this);
        }

        @Override
        public ServiceCall call(References references) {
            return new SsmAutomation(
                    "FindBerth",
                    "harbour/pilot",
                    Map.of("To", List.of(references.real(output().uri()))),
                    references.token());
        }

        @Override
        public boolean isWrittenByService() {
            return true;
        }
    }

    /// After the runbook.
    @Intent("How much the harbour master wrote")
    public record Length(int year) implements Task {
        private Logbook logbook() {
            return new Logbook(year);
        }

        @Override
        public List<Logbook> requires() {
            return List.of(logbook());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/length/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text("" + run.input(logbook()).text().length());
        }
    }
}
