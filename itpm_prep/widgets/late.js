// anywidget gives up on a page whose module took two seconds to load, as on a busy machine: it draws the page,
// and drops every message to it from then on. Hear them all the same, and ask for what was missed.
const NOTHING = { content: { data: { method: "nothing" } } };

async function hearLate(model) {
  const whole = await model.widget_manager.get_model(model.get("own_id"));
  try {
    await whole._handle_comm_msg(NOTHING);
  } catch {
    const { _handle_comm_msg } = Object.getPrototypeOf(whole.constructor.prototype);
    whole.comm.on_msg(_handle_comm_msg.bind(whole));
    whole.comm.send({ method: "request_state" }, {});
  }
}
