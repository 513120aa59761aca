using LogScalePaging.Bench;
using LogScalePaging.Bench.Attacks;
using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;

return args switch
{
    ["serve", var options] => await ServerRole.RunAsync(Wire.Read<ServerSettings>(options)),
    [TaniumServerRole.Name, var options] => await TaniumServerRole.RunAsync(Wire.Read<ServerSettings>(options)),
    ["attack", var name] => await AttackRole.RunAsync(name),
    ["client", var options] => await ClientRole.RunAsync(Wire.Read<ClientSettings>(options)),
    _ => await Bench.RunAsync(args),
};
