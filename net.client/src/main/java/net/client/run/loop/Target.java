package net.client.run.loop;

import net.client.connect.internal.Resolver;
import net.client.run.RunConfig;
import net.client.run.record.RunRecorder;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * A run to perform.
 *
 * @param resolver for name lookups
 * @param addresses the addresses of the server; empty if the loop looks them up
 * @param timeout the timeout of an exchange
 */
public record Target(
        RunConfig config,
        RunRecorder recorder,
        Resolver resolver,
        List<InetSocketAddress> addresses,
        Duration timeout) {}
