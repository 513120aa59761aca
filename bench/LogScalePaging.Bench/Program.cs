using LogScalePaging.Bench;
using LogScalePaging.Bench.Attacks;
using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;

return args switch
{
    ["serve", var options] => await ServerRole.RunAsync(Wire.Read<ServerSettings>(options)),
    [ServiceRole.Tanium or ServiceRole.Axiom or ServiceRole.Falcon, var options] =>
        await ServiceRole.RunAsync(args[0], Wire.Read<ServerSettings>(options)),
    ["attack", var name] => await AttackRole.RunAsync(name),
    ["client", var options] => await ClientRole.RunAsync(Wire.Read<ClientSettings>(options)),
    _ => await Bench.RunAsync(args),
};
