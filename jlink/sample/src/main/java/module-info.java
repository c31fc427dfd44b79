/** A sample client of a Netpair server. */
module com.example.greeter {
    requires net.protocol;
}
