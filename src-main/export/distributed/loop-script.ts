/** The part of train.py that no setting changes: data, evaluation, checkpoints, the epochs. */
export const LOOP = `
class Cost(nn.Module):
    """The loss of every example, as a module, so that DistributedDataParallel sees it."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x, y):
        return losses(self.network, x, y)


class Plateau:
    """Counts how long a loss has not become lower; after each plateau the waiting begins anew."""

    def __init__(self, patience, improvement=0.0):
        self.patience, self.improvement = patience, improvement
        self.best, self.waited, self.count = math.inf, 0, 0

    def observe(self, loss):
        if self.patience is None:
            return
        if (loss < math.inf) if self.best == math.inf else (loss < self.best - self.improvement):
            self.best, self.waited = loss, 0
            return
        self.waited += 1
        if self.waited == self.patience:
            self.count, self.waited = self.count + 1, 0


def read_part(part):
    """The arrays of a part, mapped from the disk; None where the split left it empty."""
    if not (FOLDER / f"{part}_x.npy").exists():
        return None
    x = np.load(FOLDER / f"{part}_x.npy", mmap_mode="r")
    y = np.load(FOLDER / f"{part}_y.npy", mmap_mode="r")
    return x, y


def take_rows(part, rows, device):
    """The examples of these numbers as the network takes them; bytes of images are scaled."""
    x, y = part
    inputs = np.ascontiguousarray(x[rows])
    inputs = model.encode(inputs) if inputs.dtype == np.uint8 else torch.from_numpy(inputs)
    return inputs.to(device), torch.from_numpy(np.ascontiguousarray(y[rows])).to(device)


@torch.no_grad()
def evaluate(network, part, device):
    """Loss and measures over a whole part, each process taking its share."""
    if part is None:
        return None
    network.eval()
    rank, world, count = dist.get_rank(), dist.get_world_size(), len(part[1])
    # loss, right answers, squared and absolute errors, sum and sum of squares of y
    sums = torch.zeros(6, dtype=torch.float64, device=device)
    shift = float(part[1][0, 0])  # keeps the sum of squares from losing its digits
    for first in range(rank * 1024, count, world * 1024):
        x, y = take_rows(part, np.arange(first, min(first + 1024, count)), device)
        y_hat, wanted = network(x).double(), y.double()
        error = y_hat - wanted
        one = y.shape[1] == 1
        right = (y_hat >= 0.5) == (wanted >= 0.5) if one else y_hat.argmax(1) == wanted.argmax(1)
        moved = wanted - shift
        terms = (losses(network, x, y).double(), right, error**2, error.abs(), moved, moved**2)
        sums += torch.stack([term.double().sum() for term in terms])
    dist.all_reduce(sums)
    loss, right, squares, sizes, total, total_squares = sums.tolist()
    measures = dict.fromkeys(("accuracy", "top-k", "precision", "recall", "f1", "auc", "rmse", "mae", "r2"))
    if REGRESSION:
        spread = total_squares - total * total / count
        measures["rmse"] = math.sqrt(squares / count) * abs(DEVIATION)
        measures["mae"] = sizes / count * abs(DEVIATION)
        measures["r2"] = 1 - squares / spread if spread > 0 else None
    else:
        measures["accuracy"] = right / count
    return {"loss": loss / count, **measures}


def write_whole(path, data):
    """Puts the file in place only when all of it is written."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(data)
    os.replace(beside, path)


def safetensors(tensors):
    header, parts, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in tensors.items():
        data = tensor.detach().cpu().float().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(data)]}
        parts.append(data)
        at += len(data)
    text = json.dumps(header).encode("ascii")
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(parts)


def copy_of(network):
    return {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}


def parse_arguments():
    parser = argparse.ArgumentParser(description="Trains the exported network; run it with torchrun for several processes.")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="train up to this epoch (default: %(default)s)")
    parser.add_argument("--out", type=pathlib.Path, default=FOLDER / "result", help="folder for the result")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in that folder")
    parser.add_argument("--backend", choices=("gloo", "nccl"), help="default: nccl where every process has a GPU, else gloo")
    return parser.parse_args()


def join_processes(backend):
    """Joins those that torchrun started; alone without it. Returns the device of this process."""
    for name, value in (("RANK", "0"), ("WORLD_SIZE", "1"), ("MASTER_ADDR", "127.0.0.1"), ("MASTER_PORT", "29500")):
        os.environ.setdefault(name, value)
    local = int(os.environ.get("LOCAL_RANK", "0"))
    gpu = torch.cuda.is_available() and backend != "gloo" and local < torch.cuda.device_count()
    if backend is None:
        backend = "nccl" if gpu and int(os.environ.get("LOCAL_WORLD_SIZE", "1")) <= torch.cuda.device_count() else "gloo"
    if backend == "nccl" and not gpu:
        sys.exit("nccl needs a GPU for every process; leave --backend out, or start fewer processes.")
    device = torch.device("cuda", local) if backend == "nccl" else torch.device("cpu")
    if backend == "nccl":
        torch.cuda.set_device(device)
    dist.init_process_group(backend)
    return device


def main():
    arguments = parse_arguments()
    device = join_processes(arguments.backend)
    rank, world = dist.get_rank(), dist.get_world_size()
    start = json.loads((FOLDER / "start.json").read_text(encoding="utf-8"))
    tensors = model.read_safetensors(FOLDER / "start.safetensors")
    network = model.Network()
    network.load_state_dict({name: value for name, value in tensors.items() if name.startswith("layer")})
    network = shared(network).to(device)
    optimizer = Optimizer(network)
    optimizer.take({name: value.to(device) for name, value in tensors.items()})
    epoch, step, first, history = start["epoch"], start["step"], start["batchInEpoch"], start["history"]
    best, best_weights = None, None

    checkpoint = arguments.out / "checkpoint.pt"
    if arguments.resume:
        if not checkpoint.exists():
            sys.exit(f"{checkpoint} is not there: leave --resume out to begin.")
        saved = torch.load(checkpoint, map_location=device, weights_only=True)
        network.load_state_dict(saved["network"])
        for name, slots in optimizer.slots.items():
            for slot, value in zip(slots, saved["slots"][name]):
                slot.copy_(value)
        optimizer.t = saved["t"]
        epoch, step, first, history = saved["epoch"], saved["step"], 0, json.loads(saved["history"])
        best, best_weights = json.loads(saved["best"]), saved["best_weights"]

    train, dev, test = (read_part(part) for part in ("train", "dev", "test"))
    weighted = FOLDER / "train_weights.npy"
    weights = np.load(weighted, mmap_mode="r") if weighted.exists() else None
    count = len(train[1])
    batches = math.ceil(count / BATCH_SIZE)
    stopping, levelling = Plateau(STOP_PATIENCE, STOP_IMPROVEMENT), Plateau(PLATEAU_PATIENCE)
    has_parameters = len(optimizer.parameters) > 0
    # Buffers are the same everywhere already: every process sees the statistics of the whole batch.
    cost = Cost(network)
    if has_parameters and world > 1:
        devices = [device.index] if device.type == "cuda" else None
        cost = nn.parallel.DistributedDataParallel(cost, device_ids=devices, broadcast_buffers=False)

    def judge(record):
        if record["epoch"] > start["judgedFrom"]:
            loss = (record["dev"] or record["train"])["loss"]
            stopping.observe(loss)
            levelling.observe(loss)

    def write(outcome, evaluations=None):
        if rank != 0:
            return
        arguments.out.mkdir(parents=True, exist_ok=True)
        document = {**start["experiment"], "training": {**start["experiment"]["training"], "epochs": arguments.epochs}}
        result = {
            "format": "layerlab-history",
            "version": 1,
            "by": f"PyTorch {torch.__version__}, {world} {'process' if world == 1 else 'processes'}",
            "experiment": document,
            "epoch": epoch,
            "step": step,
            "outcome": outcome,
            "best": best,
            "history": history,
            "evaluations": evaluations,
        }
        write_whole(arguments.out / "history.json", json.dumps(result, allow_nan=False).encode("ascii"))
        write_whole(arguments.out / "weights.safetensors", safetensors(network.state_dict()))
        state = {
            "network": network.state_dict(),
            "slots": optimizer.slots,
            "t": optimizer.t,
            "epoch": epoch,
            "step": step,
            "history": json.dumps(history),
            "best": json.dumps(best),
            "best_weights": best_weights,
        }
        beside = checkpoint.with_name("checkpoint.pt.part")
        torch.save(state, beside)
        os.replace(beside, checkpoint)

    def measure(rate=None, norm=None):
        """Adds a point to the curves, unless a loss is no number any more."""
        nonlocal best, best_weights
        record = {"epoch": epoch, "step": step, "train": evaluate(network, train, device), "dev": evaluate(network, dev, device)}
        if not all(math.isfinite(part["loss"]) for part in (record["train"], record["dev"]) if part):
            return False
        if rate is not None:
            record.update(learningRate=rate, gradientNorm=norm)
        part = "dev" if record["dev"] else "train"
        loss = record[part]["loss"]
        if best is None or loss < best["loss"]:
            best, best_weights = {"epoch": epoch, "loss": loss, "part": part}, copy_of(network)
        if len(history) == 0 or history[-1]["epoch"] < epoch:
            history.append(record)
            judge(record)
        if rank == 0:
            dev_loss = f", dev {record['dev']['loss']:.6f}" if record["dev"] else ""
            print(f"epoch {epoch}: train loss {record['train']['loss']:.6f}{dev_loss}", flush=True)
        return True

    for record in history:
        judge(record)
    if best is None and not measure():
        sys.exit("The loss of the weights to begin with is no finite number.")
    outcome = "finished"
    while epoch < arguments.epochs and stopping.count == 0:
        torch.manual_seed((SEED * 1_000_003 + epoch * 1_009 + rank) % 2**63)  # of dropout
        order = epoch_order(SEED, epoch + 1, count)
        finite, rate, norm = True, None, None
        for batch in range(first, batches):
            chosen = order[batch * BATCH_SIZE : (batch + 1) * BATCH_SIZE]
            own = chosen[rank::world]
            x, y = take_rows(train, own, device)
            network.train()
            each = cost(x, y)
            if weights is not None:
                each = each * torch.from_numpy(np.ascontiguousarray(weights[own])).to(device)
            # Averaged over the processes, this is the mean over the batch, whatever each one's share of it.
            if has_parameters:
                for _, W in optimizer.parameters:
                    W.grad = None
                (each.sum() * (world / len(chosen))).backward()
            rate = learning_rate(epoch, epoch * batches + batch, batches, arguments.epochs, levelling.count)
            norm = optimizer.step(rate)
            finite = math.isfinite(norm)
            if not finite:
                break
            step += 1
        first = 0
        if finite:
            epoch += 1
            finite = measure(rate, norm)
        if not finite:
            outcome = "diverged"
            break
        write("stopped")
    if outcome == "finished" and stopping.count > 0:
        outcome = "early"
        network.load_state_dict(best_weights)
        optimizer.clear()
    if outcome == "diverged":
        if rank == 0:
            print("A loss or a gradient became no finite number; the result is that of the epoch before.", flush=True)
    else:
        write(outcome, {name: evaluate(network, part, device) for name, part in (("train", train), ("dev", dev), ("test", test))})
        if rank == 0:
            print(f"Wrote {arguments.out / 'history.json'} and weights.safetensors", flush=True)
    sys.stdout.flush()
    if world > 1:
        # The first process keeps the store that the others are connected to. In PyTorch 1.13 a process that sees it close while it
        # leaves itself may wait for its own thread for ever; so the others leave first, and at once.
        dist.barrier()
        if rank != 0:
            os._exit(0)
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
`;
