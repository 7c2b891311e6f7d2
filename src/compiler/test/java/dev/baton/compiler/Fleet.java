package dev.baton.compiler;

import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Timeout;
import dev.baton.task.service.AthenaQuery;
import dev.baton.task.service.BatchJob;
import dev.baton.task.service.DynamoDbGet;
import dev.baton.task.service.DynamoDbPut;
import dev.baton.task.service.DynamoDbUpdate;
import dev.baton.task.service.EmrServerlessJob;
import dev.baton.task.service.EventPut;
import dev.baton.task.service.GlueJob;
import dev.baton.task.service.HttpCall;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import dev.baton.task.service.SsmAutomation;
import dev.baton.task.service.SsmGetParameter;
import dev.baton.task.service.SsmPutParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tasks that do by a service what they do, one for each kind of call: they are compiled, never run.
final class Fleet {
    static final CompiledPipeline COMPILED = Compiler.compile(Pipeline.of("fleet", AllCalled.class));

    private Fleet() {}

    @Intent("Boats")
    record Boats(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/boats/{year}.txt", this);
        }
    }

    /// A task whose comment in the definition is its name.
    sealed interface Called extends ServiceTask
            permits Athena, Glue, Batch, Emr, Http, Put, Get, Update, Event, Patch, Port, Mark, Fickle, Nameless {
        int year();

        @Override
        default List<Boats> requires() {
            return List.of(new Boats(year()));
        }

        @Override
        default Target output() {
            return S3Target.at("s3://lake/" + getClass().getSimpleName().toLowerCase() + "/{year}.json", this);
        }
    }

    @Intent("Glue")
    @Timeout(hours = 48)
    record Glue(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new GlueJob(
                    "count-boats",
                    Map.of("--list", references.input(new Boats(year)).uri()));
        }
    }

    @Intent("Athena")
    record Athena(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new AthenaQuery(
                    "analysts",
                    "sea",
                    "SELECT count(*) FROM boats WHERE year = " + year,
                    List.of("s3://catalog/boats/"),
                    references.token());
        }
    }

    @Intent("Batch")
    record Batch(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new BatchJob("sail-" + year, "slow", "sail", Map.of("year", "" + year));
        }
    }

    @Intent("Emr")
    record Emr(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new EmrServerlessJob(
                    "00f1abc",
                    "jobs/spark",
                    references.real("s3://lake/code/count.py"),
                    List.of("" + year),
                    references.token());
        }
    }

    @Intent("Http")
    record Http(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new HttpCall(
                    "POST",
                    "api.example.com",
                    "/crews/" + year,
                    "crews/6b0a-1",
                    Map.of("Idempotency-Key", references.token()),
                    Map.of(),
                    Optional.of(Map.of("year", year)));
        }
    }

    @Intent("Put")
    record Put(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new DynamoDbPut("boats", Map.of("year", Map.of("N", "" + year)));
        }
    }

    @Intent("Get")
    record Get(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new DynamoDbGet("boats", Map.of("year", Map.of("N", "" + year)));
        }
    }

    @Intent("Update")
    record Update(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new DynamoDbUpdate(
                    "boats",
                    Map.of("year", Map.of("N", "" + year)),
                    "SET #in = :in",
                    "",
                    Map.of("#in", "in"),
                    Map.of(":in", Map.of("BOOL", true)));
        }
    }

    @Intent("Event")
    record Event(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new EventPut("default", "acme.fleet", "Boat In", Map.of("year", year));
        }
    }

    @Intent("Patch")
    @Timeout(hours = 2)
    record Patch(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new SsmAutomation(
                    "PatchFleet", "jobs/patch", Map.of("Year", List.of("" + year)), references.token());
        }
    }

    @Intent("Port")
    record Port(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new SsmGetParameter("/fleet/port");
        }
    }

    @Intent("Mark")
    record Mark(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new SsmPutParameter("last-year", "" + year);
        }
    }

    @Intent("Another job each year")
    record Fickle(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new GlueJob("count-" + year, Map.of());
        }
    }

    @Intent("No job")
    record Nameless(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new GlueJob("*", Map.of());
        }
    }

    @Intent("All of them")
    record AllCalled(int year) implements Task {
        @Override
        public List<Called> requires() {
            return List.of(
                    new Athena(year),
                    new Glue(year),
                    new Batch(year),
                    new Emr(year),
                    new Http(year),
                    new Put(year),
                    new Get(year),
                    new Update(year),
                    new Event(year),
                    new Patch(year),
                    new Port(year),
                    new Mark(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/all/{year}.json", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("is compiled only");
        }
    }
}
