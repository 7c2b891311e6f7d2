/// EventBridge: buses, rules matched by AWS's own matcher, and deliveries to functions, state machines and buses.
@NullMarked
package dev.baton.local.events;

import org.jspecify.annotations.NullMarked;
