/// The proof that finished state machines keep every edge of the graph that they were made of. It judges definitions as
/// they are written, and shares no code with what makes them: a fault there cannot hide here.
@NullMarked
package dev.baton.compiler.order;

import org.jspecify.annotations.NullMarked;
