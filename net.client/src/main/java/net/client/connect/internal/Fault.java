package net.client.connect.internal;

import net.client.connect.ExchangeException.Kind;

/** The kind and detail of a failure, before it becomes an exception. */
public record Fault(Kind kind, String detail) {}
