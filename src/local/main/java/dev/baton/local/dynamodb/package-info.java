/// DynamoDB: tables of items, their indexes, and the expressions that read and change them.
@NullMarked
package dev.baton.local.dynamodb;

import org.jspecify.annotations.NullMarked;
