/** Says hello to a Netpair server. */
module com.example.greeter {
    requires net.protocol;
}
