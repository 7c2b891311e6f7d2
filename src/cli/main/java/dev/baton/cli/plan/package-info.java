/// What a run would do, and why tasks ran: `baton plan` and `baton why`.
@NullMarked
package dev.baton.cli.plan;

import org.jspecify.annotations.NullMarked;
