/// Simulations of everything at once: the deployed handlers and the compiled state machines, on services that are
/// made of plain data, under one seed and in virtual time.
///
/// | what | is real | is simulated |
/// |---|---|---|
/// | pipelines | records like an author's ([Sources]), compiled by Baton | what they ought to do ([Shape]) |
/// | functions | start, pin, task, await and callback, the SDK's signing and retries | the wire, clocks, waits |
/// | Step Functions | the engine, on the simulation's time ([Executions]) | names, versions, the alias, children |
/// | S3 | | versions, conditional writes, listings, checksums ([ObjectStore], [SimulatedS3]) |
/// | Lambda | | synchronous and asynchronous invocations, retries, destinations, timeouts ([SimulatedLambda]) |
/// | EventBridge | the compiled rules' patterns | their delivery ([World]) |
/// | IAM | | not at all: whatever is asked for is allowed |
///
/// A handler runs on virtual threads whose carrier is the thread of the simulation ([Fibers]), and stands still at
/// each of its requests until the time has come to which the seed has put it ([Timeline]). So two never run at once,
/// every interleaving of requests is possible, and the same seed gives the same schedule.
///
/// What goes wrong, and what people do in between, is decided by the seed and a label that says what it is about
/// ([Decisions], [Faults], [Simulation]). After twenty minutes nothing goes wrong any more; in the end somebody
/// redrives what failed and sweeps. Then the [Invariants] must hold, and what breaks one is made short ([Shrinking]).
/// People also ask for runs that force tasks ([ForcedClasses]): what is forced is made anew once, and what is not forced
/// runs only where its data asks for it.
/// Every fifth schedule is undisturbed: nothing fails in it, but functions are held up between two requests for as long
/// as tasks work, and no state may need its timeout.
///
/// Not simulated: IAM, containers and service tasks, uploads in parts, deletions, listings of more than one page.
package dev.baton.lambda.simulation;
